"""What to write where a field of the front matter is missing or has another form than it needs."""

from padctl.model.header import Path

_FORMS: dict[str, str] = {
    "id": "id: PAD-0007",
    "title": "title: Team template gallery",
    "owner": "owner: dana",
    "team": "team: growth",
    "template": "template: standard",
    "stage": "stage: problem-framing",
    "status": "status: draft",
    "created": "created: 2026-09-01",
    "objectives": "objectives: [2026-Q4-O1]",
    "sponsors": "sponsors: [sam]",
    "reviewers": "reviewers: [eli, noor]",
    "related": "related: [PAD-0003]",
    "formerly": "formerly: [PAD-0003]",
    "links": "links: {design: https://...}",
    "slot": "slot: {date: 2026-11-26}",
    "date": "date: 2026-11-26",
    "minutes": "minutes: 25",
    "stance": "stance: concern",
    "by": "by: eli",
    "kind": "kind: other",
    "who": "who: dana",
    "due": "due: 2026-12-03",
    "from": "from: 2",
}
_ENTRIES = {
    "feedback": "- {by: eli, date: 2026-11-20, stage: problem-framing, stance: concern, note: Who pays?}",
    "actions": "- {id: A1, kind: other, what: Ask ten teams, who: dana, due: 2026-12-03}",
}


def form_of(path: Path) -> str:
    """Return what to do about a value that is missing or of another form, with an example of the form.

    `path` leads to it in the front matter.
    """
    top, last = str(path[0]), next(str(step) for step in reversed(path) if isinstance(step, str))
    if len(path) > 1 and top in _ENTRIES and isinstance(path[-1], int):
        return f"write an entry such as `{_ENTRIES[top]}`"
    if top == "history":
        return "the moves of padctl write it; restore it from git"
    if top in _ENTRIES and len(path) == 1:
        return f"write each entry on a line of its own, such as `{_ENTRIES[top]}`"
    if last in _FORMS:
        return f"write it as in `{_FORMS[last]}`"
    return f"write `{last}: ...` on one line; put text with `: ` or `#` in quotes"
