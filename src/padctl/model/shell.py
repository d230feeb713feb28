"""Paths as people type them in a shell."""

import shlex


def shell_word(path: str) -> str:
    r"""Return a path as one word of a shell command; one that is not UTF-8 is written as in $'caf\351'."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "$'" + "".join(map(_escaped, path.encode(errors="surrogateescape"))) + "'"
    return shlex.quote(path)


def _escaped(byte: int) -> str:
    char = chr(byte)
    return char if char.isascii() and char.isprintable() and char not in "'\\" else f"\\{byte:03o}"
