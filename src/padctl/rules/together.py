"""PC600 to PC699: the PADs of one repository fit together."""

from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.ids import canonical_id, fits, next_id, path_under
from padctl.model.pad import Pad
from padctl.model.shell import shell_word
from padctl.model.terms import PAD_ID
from padctl.rules.file import reported
from padctl.rules.registry import Context, Finding, rule


@rule("PC601", "duplicate-id")
def duplicate_id(pad: Pad, context: Context) -> Iterator[Finding]:
    """Two PADs have the same id.

    Why: a decision about the one would be read as a decision about the other. It happens when two branches take
    the next number at the same time.

    Bad: `pads/PAD-0007-gallery.md` and `pads/PAD-0007-exports.md`

    Good: `pads/PAD-0007-gallery.md` and `pads/PAD-0008-exports.md`
    """
    others = context.others.with_id(pad.id, but=pad.path) if pad.id else ()
    if others:
        message = f"{pad.id} is also the id of {', '.join(others)}"
        advice = "give the younger one the next free number, wherever it is named; commit both files first"
        fix = f"{advice}\npadctl renumber {pad.id}"
        if not PAD_ID.fullmatch(pad.id):
            fix = f"write `id: {next_id(context.others.pad_ids(), context.corpus.settings.ids)}` into one of them"
        yield Finding(document=pad.document, offset=pad.document.offset_of(("id",)), message=message, fix=fix)


@rule("PC602", "file-name-mismatch")
def file_name_mismatch(pad: Pad, context: Context) -> Iterator[Finding]:
    """The file's name does not start with the PAD's id.

    Why: people find a PAD by its file name; another id there sends them to the wrong one.

    Bad: `pads/gallery.md` with `id: PAD-0007`

    Good: `pads/PAD-0007-gallery.md` with `id: PAD-0007`
    """
    wanted = canonical_id(pad.id, context.corpus.settings.ids) if PAD_ID.fullmatch(pad.id) else ""
    if not wanted or fits(pad.path, wanted):
        return
    path = path_under(pad.path, wanted)
    fix = f"rename the file\nmv {_quoted(pad.path)} {_quoted(path)}"
    if context.others.with_id(pad.id, but=pad.path):
        fix = "give one of the PADs of this id another one first: see PC601"
    elif path.casefold() != pad.path.casefold() and context.others.anchors(path) is not None:
        fix = f"{path} is there already: write this file's own id, or rename that one first"
    offset = pad.document.offset_of(("id",))
    message = f"the file name does not start with {wanted}"
    yield Finding(document=pad.document, offset=offset, message=message, fix=fix)


def _quoted(path: str) -> str:
    """Return a path as a shell takes it, and no option of a command."""
    return shell_word(f"./{path}" if path.startswith("-") else path)


@rule("PC603", "duplicate-title", Severity.WARNING)
def duplicate_title(pad: Pad, context: Context) -> Iterator[Finding]:
    """Two PADs have the same title.

    Why: it is the cheapest sign of two teams working on one problem without knowing of each other.

    Bad: two PADs titled "Team template gallery"

    Good: one PAD, or two whose titles say how they differ
    """
    others = context.others.with_title(pad.title_key, but=pad.path) if pad.title_key else ()
    if others:
        named = ", ".join(others)
        offset = pad.document.offset_of(("title",))
        message = f"{named} {'has' if len(others) == 1 else 'have'} the same title"
        yield Finding(
            document=pad.document, offset=offset, message=message, fix="merge the two, or say how they differ"
        )


@rule("PC604", "minutes-differ", Severity.WARNING, about="faults")
def minutes_differ(pad: Pad, _: Context) -> Iterator[Finding]:
    """Saved minutes say something else than the PADs' histories do now.

    Why: who reads the minutes acts on them. A decision that was recorded late, changed or taken back since would reach
    those who were absent in two versions. Only facts are compared, not the wording and not what people add below.

    Bad: `meetings/2026-11-26.md` says approved, and an `undo` of 27 November took that back

    Good: the same page, saved again with `padctl minutes 2026-11-26 --save`
    """
    yield from reported(pad, "minutes-differ")


@rule("PC605", "declared-twice")
def declared_twice(pad: Pad, _: Context) -> Iterator[Finding]:
    """A goal, an objective, a key result or a team is declared twice.

    Why: a PAD that names it means one of the two, and nobody can say which; numbers are counted for both.

    Bad:
        ## 2026-Q4-O1 New groups find their rhythm
        ## 2026-Q4-O1 People from outside take part

    Good:
        ## 2026-Q4-O1 New groups find their rhythm
        ## 2026-Q4-O2 People from outside take part
    """
    yield from reported(pad, "declared-twice")
