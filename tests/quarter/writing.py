"""What authors write: a PAD's stage from the facts that its team knows."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from .diary import HERE

_SITE = "https://orbeline.example"
_SPONSOR = {"dispatch": "casper", "drivers": "casper", "platform": "casper"}
_TABLES = {
    "Success Metrics": "| Metric | Baseline | Target | By |\n|---|---|---|---|",
    "Potential Solution Directions": "| Direction | Impact | Complexity |\n|---|---|---|",
    "Dependencies, Risks and Mitigations": "| Risk | Kind | Mitigation |\n|---|---|---|",
    "GTM Strategy": "| Milestone | Date | Audience |\n|---|---|---|",
    "Success Reflection": "| Metric | Target | Actual | Verdict |\n|---|---|---|---|",
}


@cache
def facts() -> dict[str, dict[str, Any]]:
    """Return what is known of each PAD, by its id; `team` is the name of the file."""
    found = {}
    for page in sorted((HERE / "facts").glob("*.toml")):
        known = tomllib.loads(page.read_text(encoding="utf-8"))
        found |= {pad: {"template": "standard", **fact, "team": page.stem} for pad, fact in known.items()}
    return dict(sorted(found.items()))


def metrics(fact: dict[str, Any]) -> list[list[str]]:
    """Return the cells of each metric: metric, baseline, target, by; where the recap has them, actual and verdict."""
    return [[cell.strip() for cell in row.split("|")] for row in fact["metrics"]]


def written(text: str, fact: dict[str, Any]) -> str:
    """Return a PAD's text with its latest stage and what the header still lacks filled in."""
    sections = _sections(fact)
    _, *parts = re.split(r"^### (.+)\n", text, flags=re.MULTILINE)
    start = max(match.start() for match in re.finditer(r"^## ", text, re.MULTILINE))
    before, latest = _header(text[:start], fact), text[start:]
    for name in parts[::2]:
        heading = f"### {name}\n"
        if heading not in latest:
            continue
        head, _, tail = latest.partition(heading)
        rest = re.search(r"^##", tail, re.MULTILINE)
        after = tail[rest.start() :] if rest else ""
        body = sections[name]
        latest = f"{head}{heading}\n{body}\n\n{after}" if body else head + after
    return before + latest.rstrip() + "\n"


def _header(text: str, fact: dict[str, Any]) -> str:
    serves = f"objectives: [{fact['serves']}]" if "serves" in fact else f"proposes_objective: {fact.get('proposes')}"
    slug = fact["title"].lower().replace(" ", "-")
    links = [f"  {name}: {_SITE}/{name}/{slug}" for name in fact.get("links", [])]
    lines = [f"reviewers: [{', '.join(fact.get('reviewers', []))}]", *(["links:", *links] if links else [])]
    for old, new in (
        (r"^classification:  #.*$", f"classification: {fact['kind']}"),
        (r"^objectives: \[\]  #.*$", serves),
        (r"^sponsors: \[\]$", f"sponsors: [{_SPONSOR.get(fact['team'], 'hedda')}]"),
        (r"^reviewers: \[\]$", "\n".join(lines)),
    ):
        text = re.sub(old, new, text, count=1, flags=re.MULTILINE)
    return text


def _sections(fact: dict[str, Any]) -> dict[str, str]:
    """Return the body of each section that a template can have; empty where it is left out."""
    said = {
        "Problem Statement": fact["problem"],
        "Audience": fact.get("audience", ""),
        "Why": _listed(fact["why"]) if len(fact["why"]) > 1 else fact["why"][0],
        "Success Metrics": _table("Success Metrics", (row[:4] for row in metrics(fact))),
        "Competitive Research": fact.get("competitors", ""),
        "Potential Solution Directions": _table("Potential Solution Directions", _cells(fact, "directions")),
        "Proposed Solution": _paragraphs(
            fact.get("solution", ""),
            _listed(fact.get("stories", [])),
            f"Complexity: {fact['complexity']}" if "complexity" in fact else "",
        ),
        "Rejected Solutions and Why": _listed(fact.get("rejected", [])),
        "Out of Scope": _listed(fact.get("out", [])),
        "Dependencies, Risks and Mitigations": _paragraphs(
            fact.get("depends", ""), _table("Dependencies, Risks and Mitigations", _cells(fact, "risks"))
        ),
        "GTM Strategy": _paragraphs(fact.get("release", ""), _table("GTM Strategy", _cells(fact, "milestones"))),
        "Success Reflection": _paragraphs(
            _table("Success Reflection", ([row[0], row[2], *row[4:]] for row in metrics(fact))),
            fact.get("reflection", ""),
        ),
        "Learnings": _listed(fact.get("learned", [])),
    }
    return {name: re.sub(r"\]\(@", f"]({_SITE}/research/", text) for name, text in said.items()}


def _cells(fact: dict[str, Any], name: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in fact.get(name, [])]


def _table(name: str, rows: Iterable[Iterable[str]]) -> str:
    return "\n".join([_TABLES[name], *(f"| {' | '.join(row)} |" for row in rows)])


def _listed(points: Iterable[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))
