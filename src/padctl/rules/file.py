"""PC001 to PC099: the file itself can be read."""

from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.pad import Pad
from padctl.rules.registry import Context, Finding, rule


def reported(pad: Pad, slug: str) -> Iterator[Finding]:
    """Yield the faults of that name that were met while reading."""
    for fault in pad.document.faults:
        if fault.slug == slug:
            yield Finding(document=pad.document, offset=fault.offset, message=fault.message, fix=fault.fix)


@rule("PC001", "not-utf-8", about="faults")
def not_utf_8(pad: Pad, _: Context) -> Iterator[Finding]:
    """The file holds bytes that are not UTF-8.

    Why: some readers would see other words than the author wrote, and padctl refuses to guess which.

    Bad: a file saved as Windows-1252 by an old editor

    Good: the same file saved as UTF-8
    """
    yield from reported(pad, "not-utf-8")


@rule("PC002", "too-large", about="faults")
def too_large(pad: Pad, _: Context) -> Iterator[Finding]:
    """The file is larger than a document that people read.

    Why: a PAD is read in a meeting; pasted images and exports belong behind a link.

    Bad: a screenshot pasted as 3 MB of base64 text

    Good: `![Flow](https://example.com/flow.png)`
    """
    yield from reported(pad, "too-large")


@rule("PC003", "missing-front-matter", about="faults")
def missing_front_matter(pad: Pad, _: Context) -> Iterator[Finding]:
    """The file does not start with front matter.

    Why: without owner, stage and status nobody knows whose PAD it is and what it waits for.

    Bad:
        # Team template gallery

    Good:
        ---
        id: PAD-0007
        title: Team template gallery
        ...
        ---
        # Team template gallery
    """
    yield from reported(pad, "missing-front-matter")


@rule("PC004", "unclosed-front-matter", about="faults")
def unclosed_front_matter(pad: Pad, _: Context) -> Iterator[Finding]:
    """The front matter opens with `---` and never closes.

    Why: the whole document would be read as settings and none of it as text.

    Bad:
        ---
        id: PAD-0007
        # Team template gallery

    Good:
        ---
        id: PAD-0007
        ---
        # Team template gallery
    """
    yield from reported(pad, "unclosed-front-matter")


@rule("PC005", "invalid-yaml", about="faults")
def invalid_yaml(pad: Pad, _: Context) -> Iterator[Finding]:
    """The front matter is not YAML that can be read as `key: value` lines.

    Why: no tool can tell the status of the PAD, so it would vanish from every agenda.

    Bad: `title: Templates: the gallery`

    Good: `title: "Templates: the gallery"`
    """
    yield from reported(pad, "invalid-yaml")


@rule("PC006", "yaml-feature", about="faults")
def yaml_feature(pad: Pad, _: Context) -> Iterator[Finding]:
    """The front matter uses an anchor, alias, merge key or tag of YAML.

    Why: they make one line mean what another line says; a product manager cannot see that, and a hostile file can
    blow up in memory with them.

    Bad: `owner: &dana dana`

    Good: `owner: dana`
    """
    yield from reported(pad, "yaml-feature")


@rule("PC007", "front-matter-too-large", about="faults")
def front_matter_too_large(pad: Pad, _: Context) -> Iterator[Finding]:
    """The front matter holds more than 64 KB.

    Why: it is the PAD's record card; long text belongs into the body, where people read it.

    Bad: a whole research report under `x-notes:`

    Good: `links: {research: https://example.com/report}`
    """
    yield from reported(pad, "front-matter-too-large")


@rule("PC008", "nested-too-deep", about="faults")
def nested_too_deep(pad: Pad, _: Context) -> Iterator[Finding]:
    """The front matter nests lists or mappings deeper than 20 levels.

    Why: no field of a PAD needs more than three; deeper ones come from a broken export.

    Bad: `x-data: [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]`

    Good: `x-data: [1]`
    """
    yield from reported(pad, "nested-too-deep")


@rule("PC009", "hidden-character", Severity.WARNING, about="faults")
def hidden_character(pad: Pad, _: Context) -> Iterator[Finding]:
    """A character that nobody can see stands in the text: zero-width, text direction, or control.

    Why: it makes two words look alike that are not, or a line read otherwise than it was approved.

    Bad: a zero-width space, pasted from a web page, in the middle of a metric's name

    Good: the name typed by hand
    """
    yield from reported(pad, "hidden-character")


@rule("PC010", "unreadable-file", about="faults")
def unreadable_file(pad: Pad, _: Context) -> Iterator[Finding]:
    """The file is no regular file inside the repository, or may not be read.

    Why: a link to elsewhere shows each colleague another text, or none.

    Bad: `pads/PAD-0007-gallery.md` is a symbolic link to a home folder

    Good: the file itself, committed
    """
    yield from reported(pad, "unreadable-file")


@rule("PC011", "other-ending", Severity.WARNING)
def other_ending(pad: Pad, _: Context) -> Iterator[Finding]:
    """A file among the PADs is one by its front matter, and its name does not end in `.md`.

    Why: padctl reads Markdown files only, so this PAD is on no list and no agenda, and nobody is told.

    Bad: `pads/PAD-0007-gallery.txt`

    Good: `pads/PAD-0007-gallery.md`
    """
    yield from reported(pad, "other-ending")
