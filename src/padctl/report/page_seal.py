"""A saved report's seal: a digest in its front matter, by which padctl knows a page that nobody has edited since."""

import re
from hashlib import sha256

_KEY = "text"
_FENCE = "---\n"
_DIGITS = 12
_HEADER = re.compile(r"\A---\n(?:.*\n)*?---\n")
_SEAL = re.compile(rf"^{_KEY}: ([0-9a-f]{{{_DIGITS}}})\n", re.MULTILINE)


def sealed(page: str) -> str:
    """Return a page with a fresh seal as the last line of its front matter, which it gets where it has none."""
    plain = _without_seal(page)
    header = _HEADER.match(plain)
    end = header.end() - len(_FENCE) if header else 0
    head, rest = (plain[:end], plain[end:]) if header else (_FENCE, _FENCE + plain)
    return f"{head}{_KEY}: {_digest(head + rest)}\n{rest}"


def is_edited(page: str) -> bool:
    """Say whether somebody edited a page since it was sealed; line endings do not count.

    A page without a seal may be given up by whoever took the seal away, or is older than seals: it is not edited.
    """
    page = _plain(page)
    found = _seal(page)
    return found is not None and found[1] != _digest(_without_seal(page))


def resealed(before: str, after: str) -> str:
    """Return a page after an edit of padctl's own: its seal is as good as it was before."""
    if not _seal(_plain(before)) or is_edited(before):
        return after
    return sealed(_plain(after)).replace("\n", "\r\n" if "\r\n" in after else "\n")


def _plain(page: str) -> str:
    return page.replace("\r\n", "\n")


def _seal(page: str) -> re.Match[str] | None:
    header = _HEADER.match(page)
    return _SEAL.search(page, 0, header.end()) if header else None


def _without_seal(page: str) -> str:
    found = _seal(page)
    return page[: found.start()] + page[found.end() :] if found else page


def _digest(page: str) -> str:
    return sha256(page.encode()).hexdigest()[:_DIGITS]
