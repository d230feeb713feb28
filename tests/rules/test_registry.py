"""The list of rules: names, families, texts, and that each rule is what makes its own cases fail."""

import dataclasses
import functools
import json
import re
from pathlib import Path

import pytest

from padctl.rules import registry
from padctl.rules.registry import all_rules

from .casebook import Case, cases_of
from .conftest import Padctl

FAMILIES = {
    "file": range(1, 100),
    "fields": range(100, 200),
    "own_fields": range(100, 200),
    "sections": range(200, 300),
    "tables": range(200, 300),
    "lifecycle": range(300, 400),
    "change": range(300, 400),
    "references": range(400, 500),
    "people": range(400, 500),
    "practice": range(500, 600),
    "follow_through": range(500, 600),
    "together": range(600, 700),
    "suppressed": range(900, 1000),
}
RULES = all_rules()
CODES = [rule.code for rule in RULES]
_FROM_PAGES = ("PC011", "PC120", "PC121", "PC408", "PC604", "PC605")  # rules that only name what reading a page found
_PAGE_CASES = {"PC402": {"bad-goal-of-an-objective"}, "PC403": {"bad-on-pages"}, "PC405": {"bad-on-pages"}}


def test_there_are_rules() -> None:
    assert len(RULES) > 50


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_code_lies_in_the_range_of_its_family(rule: registry.Rule) -> None:
    assert re.fullmatch(r"PC\d{3}", rule.code)
    family = rule.check.__module__.rpartition(".")[2]
    assert family in FAMILIES, f"{rule.code} belongs to a family that nobody has named here"
    assert int(rule.code[2:]) in FAMILIES[family]


def test_codes_and_slugs_are_unique() -> None:
    slugs = [rule.slug for rule in RULES]
    assert sorted(slugs) == sorted(set(slugs))
    assert sorted(CODES) == CODES == sorted(set(CODES))


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_slug_is_kebab_case_and_no_code(rule: registry.Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.slug)
    assert not rule.slug.startswith("pc")


@pytest.mark.parametrize("part", ["what", "why", "bad", "good"])
@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_every_part_of_the_docstring_says_something(rule: registry.Rule, part: str) -> None:
    text = getattr(rule, part)
    assert text.strip()
    assert not any(mark in text for mark in ("Why:", "Bad:", "Good:")), "a part has run into the next"
    assert part in {"bad", "good"} or text.rstrip()[-1] in ".?!", "a sentence ends with a full stop"


def test_bad_and_good_differ() -> None:
    assert [rule.code for rule in RULES if rule.bad == rule.good] == []


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_explain(rule: registry.Rule, padctl: Padctl) -> None:
    outcome = padctl("explain", rule.code)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{rule.code} {rule.slug} ({rule.severity})\n")
    assert "Why it matters:" in outcome.out
    assert "Not so:\n    " in outcome.out
    assert "But so:\n    " in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 100


def test_explain_takes_slugs_in_any_case(padctl: Padctl) -> None:
    assert padctl("explain", "pc202").out == padctl("explain", "Empty-Section").out == padctl("explain", "PC202").out


def test_explain_lists_every_rule(padctl: Padctl) -> None:
    listed = padctl("explain").out
    assert [rule.code for rule in RULES if f"{rule.code}  {rule.slug}" not in listed] == []


def test_explain_as_json_and_markdown(padctl: Padctl) -> None:
    found = json.loads(padctl("explain", "--format", "json").out)
    assert (found["schema"], found["kind"]) == ("padctl/1", "explain")
    assert [rule["code"] for rule in found["data"]] == CODES
    table = padctl("explain", "--format", "md").out.splitlines()
    assert len(table) == len(RULES) + 2
    assert {line.replace(r"\|", "").count("|") for line in table} == {5}


@pytest.mark.parametrize(
    ("word", "near"), [("PC2022", "PC202"), ("empty-sektion", "empty-section"), ("Empty-Sektion", "empty-section")]
)
def test_unknown_rule_is_refused_with_the_nearest(word: str, near: str, padctl: Padctl) -> None:
    outcome = padctl("explain", word)
    assert (outcome.code, outcome.out) == (2, "")
    assert f'error: no rule "{word}" (did you mean "{near}"?)' in outcome.err
    assert "fix: `padctl explain` lists all rules" in outcome.err


def test_a_code_cannot_be_registered_twice() -> None:
    with pytest.raises(ValueError, match="PC202 is registered twice"):
        registry.rule("PC202", "again")(RULES[0].check)


def test_a_docstring_without_all_parts_is_refused() -> None:
    def lacking(_: object, __: object) -> object:
        """Say something.

        Why: it matters.

        Bad: this
        """

    with pytest.raises(ValueError, match="lacks Good:"):
        registry.rule("PC999", "lacking")(lacking)  # type: ignore[arg-type]  # never called


def _expected_holds(case: Case, padctl: Padctl, root: Path) -> bool:
    return padctl(*case.arguments, "--root", case.place(root)).out == case.expected


def _with_rules(rules: dict[str, registry.Rule], monkeypatch: pytest.MonkeyPatch) -> None:
    """Put other rules in the place of all, and forget which of those counted for which PADs."""
    monkeypatch.setattr(registry, "_RULES", rules)
    monkeypatch.setattr(registry, "_about", functools.cache(registry._about.__wrapped__))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.code not in _FROM_PAGES], ids=lambda rule: rule.code)
def test_the_check_of_a_rule_is_what_its_bad_cases_need(
    rule: registry.Rule, padctl: Padctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = dataclasses.replace(rule, check=lambda pad, context: iter(()))
    _with_rules({**registry._RULES, rule.code: silent}, monkeypatch)
    held = [case.name for case in cases_of(rule.code, "bad") if _expected_holds(case, padctl, tmp_path / case.name)]
    assert set(held) <= _PAGE_CASES.get(rule.code, set())


@pytest.mark.parametrize("code", CODES)
def test_without_a_rule_its_bad_cases_fail(
    code: str, padctl: Padctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Findings of templates and other pages are reported by name; the rule's own check never sees them."""
    cases = cases_of(code, "bad")
    assert cases
    _with_rules({name: rule for name, rule in registry._RULES.items() if name != code}, monkeypatch)
    assert [case.name for case in cases if _expected_holds(case, padctl, tmp_path / case.name)] == []
