"""What holds for any bytes: reading never raises, places lie in the file, an edit changes one thing, fix is done."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from padctl.errors import SettingsError
from padctl.fix import Surroundings, fix
from padctl.lint import lint
from padctl.model.corpus import Corpus, ObjectivesHeader, Team, read_header_as
from padctl.model.diagnostic import Diagnostic, Fault
from padctl.model.document import Document, read_document
from padctl.model.edit import EditError, Value, as_plain, with_fields
from padctl.model.header import EMPTY, Scalar, plain
from padctl.model.markdown import parse_body
from padctl.model.objectives import read_objectives
from padctl.model.pad import Pad, read_pad
from padctl.model.settings import Settings, read_settings
from padctl.model.template import Template, read_template
from padctl.render.agenda import agenda_text
from padctl.render.console import Line, to_text
from padctl.render.findings import findings
from padctl.render.machine import as_data, pad_data, to_json
from padctl.render.overview import pad_text
from padctl.render.template import fill_page, render_report
from padctl.report.agenda import agenda
from padctl.store.templates import shipped

PROJECT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
MEETING = date(2026, 11, 26)
PATH = "pads/PAD-0001-case.md"
_PAGES = sorted((shipped("templates") / "pad").glob("*.md"))
_FOLDERS = (shipped("templates"),)
_ILL = set(map(chr, [*range(10), *range(11, 32), *range(127, 160), 0x2028, 0x2029, 0x202E, 0x200B, 0xFEFF]))
_WORDS = ["x", "Dana Ito", "no", "~", "", " ", "a: b", "a #b", "'", '"', "[x]", "{x}", "- x", "&a", "*a", "!x", "%x",
"@x", "| x", "é", "👍🏽", "0012",
          "2026-11-24", "a\nb", "\u2028", "\\", "null", "true", "=1+1", "::error::x", "x" * 200, "\u202ex", "---",
          "...", "<<", "?"]  # fmt: skip
_FIELDS = [
    "title",
    "owner",
    "team",
    "status",
    "stage",
    "created",
    "launched",
    "slot",
    "sponsors",
    "history",
    "actions",
    "links",
    "x-own",
    "id",
]


def _templates() -> Iterator[tuple[str, Template]]:
    for page in _PAGES:
        template, _ = read_template(read_document(page.read_bytes(), path=page.name))
        if template:
            yield page.stem, template


TEMPLATES = dict(_templates())
CORPUS = Corpus(settings=Settings(), templates=TEMPLATES)
Done = Counter[str]


def check_document(raw: bytes, dice: Random, done: Done) -> None:
    """Check the laws of PADs on any bytes; costly ones on a part of them, as the dice say."""
    document = _sound_document(raw)
    name = document.values.get("template")
    pad = read_pad(document, TEMPLATES.get(name) if isinstance(name, str) else None)
    _ = pad.sections, pad.due, pad.created, pad.overridden, pad.id, pad.former_ids
    if dice.random() < 0.5:
        _check_edit(document, dice, done)
    if dice.random() < 0.2:
        _check_lint(pad, done)
    if dice.random() < 0.05:
        _check_shown(pad, dice, done)
    if dice.random() < 0.03:
        _check_fix(pad, done)


def check_settings(raw: bytes, _: Random, done: Done) -> None:
    """Check that any settings are read, or refused with a line inside the file."""
    text = raw.decode(errors="replace").removeprefix("\ufeff")
    try:
        settings = read_settings(text, path="s")
    except SettingsError as error:
        for line in error.message.split("\n"):
            if line.startswith("s:") and line[2:].partition(":")[0].isdigit():
                assert 1 <= int(line[2:].partition(":")[0]) <= text.count("\n") + 1, line
        done["settings refused"] += 1
        return
    done["settings read"] += 1
    lint(Corpus(settings=settings, templates=TEMPLATES), today=TODAY)


def check_template(raw: bytes, dice: Random, done: Done) -> None:
    """Check that any template is read, or refused at its own lines, and that a readable one fills or is refused."""
    document = _sound_document(raw)
    template, faults = read_template(document)
    _sound_faults(document, faults)
    assert bool(template) != any(fault.slug != "hidden-character" for fault in faults)
    if template:
        done["templates read"] += 1
        for section in template.sections:
            assert template.slice_of(section)
        read_pad(read_document(_PAD, path=PATH), template).due  # noqa: B018
    if dice.random() < 0.3:
        try:
            fill_page(document.text[document.body_start :], {"title": "x", "id": "PAD-0001"}, path="t")
            done["templates filled"] += 1
        except SettingsError:
            done["templates that cannot be filled"] += 1


def check_page(raw: bytes, _: Random, done: Done) -> None:
    """Check that any charter or objectives page is read, its faults at lines of the file."""
    document = _sound_document(raw)
    for kind in (Team, ObjectivesHeader):
        read, faults = read_header_as(kind, document)
        _sound_faults(document, faults)
        done[f"{kind.__name__} read"] += read is not None
    for objective in read_objectives(document):
        assert 1 <= objective.line <= len(document.line_starts)
        done["objectives read"] += 1


LAWS: dict[str, Callable[[bytes, Random, Done], None]] = {
    "documents": check_document, "settings": check_settings, "templates": check_template, "pages": check_page,
}  # fmt: skip
_PAD = (PROJECT / "tests/fuzz/pad.md").read_bytes()
_TEMPLATE = (PROJECT / "tests/fuzz/template.md").read_bytes()


def seeds() -> dict[str, tuple[list[bytes], list[bytes]]]:
    """Return what the mutations start from, by the name of their law: files without faults, and hostile ones."""
    hostile = PROJECT / "tests/hostile/cases"
    examples = [path.read_bytes() for path in sorted((PROJECT / "examples/pads").rglob("*.md"))]
    cases = {name: [path.read_bytes() for path in sorted(hostile.glob(pattern))] for name, pattern in _HOSTILE.items()}
    pages = [
        path.read_bytes() for folder in ("teams", "objectives") for path in (PROJECT / "examples" / folder).glob("*.md")
    ]
    return {
        "documents": ([*examples, *[_PAD] * 3 * len(examples)], cases["documents"]),
        "settings": ([(PROJECT / folder / "padctl.toml").read_bytes() for folder in ("examples", "templates/init")],
        cases["settings"]),
        "templates": ([*(page.read_bytes() for page in _PAGES), *[_TEMPLATE] * 3], cases["templates"]),
        "pages": (sorted(pages), [*cases["teams"], *cases["objectives"]]),
    }  # fmt: skip


_HOSTILE = {
    "documents": "documents/*.md", "settings": "settings/*.toml", "templates": "templates/*.md",
    "teams": "teams/*.md",
    "objectives": "objectives/*.md",
}  # fmt: skip


def _sound_document(raw: bytes) -> Document:
    document = read_document(raw, path=PATH)
    _sound_faults(document, document.faults)
    body, size = document.body, len(document.text)
    assert body == parse_body(document.text[document.body_start :], start=document.body_start)
    if isinstance(document.written, dict):
        assert plain(document.header or EMPTY) == document.written
    places = [*body.headings, *body.blocks, *body.comments]
    assert all(0 <= place.start <= place.end <= size for place in places)
    assert all(0 <= link.start <= size for link in body.links)
    if not any(fault.slug in {"not-utf-8", "too-large"} for fault in document.faults):
        assert document.encoded() == raw
    return document


def _sound_faults(document: Document, faults: Iterable[Fault]) -> None:
    for fault in faults:
        assert 0 <= fault.offset <= len(document.text), fault
        assert 1 <= document.line_of(fault.offset) <= len(document.line_starts), fault


def _judged(pad: Pad) -> tuple[Diagnostic, ...]:
    return lint(CORPUS, today=TODAY, pads=[pad], pages=[]).diagnostics


def _check_lint(pad: Pad, done: Done) -> None:
    report = lint(Corpus(settings=Settings(), templates=TEMPLATES, pads=(pad,)), today=TODAY, pads=[pad], pages=[])
    lines = pad.document.text.split("\n")
    for found in report.diagnostics:
        assert 1 <= found.line <= len(lines), found
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1, found
    _harmless(findings(report, width=80))
    done["linted"] += 1


def _check_shown(pad: Pad, dice: Random, done: Done) -> None:
    corpus = Corpus(settings=Settings(), templates=TEMPLATES, pads=(pad,))
    view = agenda(corpus, day=MEETING, today=TODAY, stream=None)
    _harmless(agenda_text(view, width=80))
    _harmless(pad_text(pad, corpus.settings, today=TODAY, width=80, where=""))
    to_json("show", pad_data(pad, only_on=""))
    done["shown"] += 1
    if dice.random() < 0.1:  # Jinja compiles the template each time
        assert not _ILL.intersection(render_report("agenda.md", as_data(view), _FOLDERS))
        done["agendas rendered"] += 1


def _harmless(lines: Iterable[Line]) -> None:
    assert not _ILL.intersection(to_text(lines, color=False))


def _check_fix(pad: Pad, done: Done) -> None:
    around = Surroundings(
        templates=TEMPLATES, judge=_judged, asked=lambda found: found, fill=lambda pad: pad.template, linked=frozenset()
    )
    once = fix(pad, around)
    name = once.after.values.get("template")
    again = fix(read_pad(once.after, TEMPLATES.get(name) if isinstance(name, str) else None), around)
    assert again.after.encoded() == once.after.encoded()
    done["mended" if once.edits else "nothing to mend"] += 1


def _check_edit(document: Document, dice: Random, done: Done) -> None:
    key, value = dice.choice(_FIELDS), _some_value(dice)
    try:
        after = with_fields(document, {key: value})
    except EditError:
        done["edits refused"] += 1
        return
    read = read_document(after.encoded(), path=PATH, limit=10**9)
    wanted = {**document.values, key: as_plain(value)}
    if value is None:
        del wanted[key]
    assert read.values == wanted
    assert read.text[read.body_start :] == document.text[document.body_start :]
    before, now = document.text.split("\n"), after.text.split("\n")
    entry = document.header.entry(key) if document.header else None
    flat = isinstance(value, (str, int, date)) and not (document.header and document.header.flow)
    if flat and entry is None:
        assert len(now) == len(before) + 1
        assert _one_more(before, now)
    elif flat and entry and isinstance(entry[1], Scalar) and "\n" not in document.text[entry[0].start : entry[1].end]:
        assert len(now) == len(before)
        assert sum(one != other for one, other in zip(before, now, strict=True)) <= 1
    done["edits made"] += 1


def _one_more(before: list[str], now: list[str]) -> bool:
    at = next((n for n, (one, other) in enumerate(zip(before, now, strict=False)) if one != other), len(before))
    return now[at + 1 :] == before[at:]


def _some_value(dice: Random) -> Value:
    kinds: list[Callable[[], Any]] = [
        lambda: dice.choice(_WORDS), lambda: dice.choice(_WORDS), lambda: dice.choice(_WORDS) + dice.choice(_WORDS),
        lambda: dice.randint(0, 99),
        lambda: TODAY, lambda: None, lambda: [dice.choice(_WORDS) for _ in range(dice.randint(0, 3))],
        lambda: {"date": MEETING, dice.choice(_WORDS) or "k": dice.choice(_WORDS)}, lambda: [{"n": 1, "date": TODAY,
        "note": dice.choice(_WORDS)}],
    ]  # fmt: skip
    return dice.choice(kinds)()  # type: ignore[no-any-return]
