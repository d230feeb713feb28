"""PC600 to PC699: the PADs of one repository fit together."""

import posixpath
import re
import shlex
from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.pad import Pad
from padctl.model.terms import PAD_ID
from padctl.rules.file import reported
from padctl.rules.registry import Context, Finding, rule

_ANY_ID = re.compile(r"^[A-Za-z][A-Za-z0-9]*-\d+")


def path_under(path: str, pad_id: str) -> str:
    """Return a file's path with its name starting with an id, in place of the one it may start with."""
    rest = _ANY_ID.sub("", posixpath.basename(path), count=1).lstrip("-_ ")
    return posixpath.join(posixpath.dirname(path), pad_id + (rest if rest.casefold() == ".md" else f"-{rest}"))


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
        fix = f"padctl renumber {pad.id} gives the younger one the next free number, in its file and in references"
        yield Finding(document=pad.document, offset=pad.document.offset_of(("id",)), message=message, fix=fix)


@rule("PC602", "file-name-mismatch")
def file_name_mismatch(pad: Pad, _: Context) -> Iterator[Finding]:
    """The file's name does not start with the PAD's id.

    Why: people find a PAD by its file name; another id there sends them to the wrong one.

    Bad: `pads/gallery.md` with `id: PAD-0007`

    Good: `pads/PAD-0007-gallery.md` with `id: PAD-0007`
    """
    name = posixpath.basename(pad.path)
    if PAD_ID.fullmatch(pad.id) and not (name == f"{pad.id}.md" or name.startswith(f"{pad.id}-")):
        message = f"the file name does not start with {pad.id}"
        fix = f"git mv {shlex.quote(pad.path)} {shlex.quote(path_under(pad.path, pad.id))}"
        yield Finding(document=pad.document, offset=pad.document.offset_of(("id",)), message=message, fix=fix)


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
