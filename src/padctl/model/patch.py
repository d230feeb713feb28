"""A change of a document as a unified diff that `git apply` takes."""

import re
from difflib import unified_diff

from padctl.model.document import Document

_LINE = re.compile(r"[^\n]*\n|[^\n]+$")  # only LF ends a line: others would tear the diff's own lines apart
_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\]')


def patch(before: Document, after: Document) -> str:
    """Return the difference of two documents, their bytes taken as UTF-8; empty where there is none.

    Where their paths differ it is a rename.
    """
    old, new = (_LINE.findall(document.encoded().decode()) for document in (before, after))
    lines = list(unified_diff(old, new, fromfile=_name("a", before.path), tofile=_name("b", after.path)))
    if before.path != after.path:
        lines = [
            f"diff --git {_name('a', before.path)} {_name('b', after.path)}\n",
            f"rename from {_name('', before.path)}\n",
            f"rename to {_name('', after.path)}\n",
            *lines,
        ]
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def _name(side: str, path: str) -> str:
    """Return a path as git writes it: quoted where it holds special characters, ended by a tab after spaces."""
    name = f"{side}/{path}" if side else path
    if _SPECIAL.search(name):
        return '"' + _SPECIAL.sub(lambda found: f"\\{ord(found[0]):03o}", name) + '"'
    return name + "\t" if " " in name else name
