"""The baseline: the findings of the day it was written, one a line, so that lint reports only what came later."""

import json
import os
import stat
from collections import Counter
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, Strict, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from padctl.errors import RepositoryError, SettingsError
from padctl.model.baseline import BASELINE, Identity
from padctl.model.fields import Record, plain_message

_SCHEMA = "padctl-baseline/1"
_AGAIN = "mend the line, or record today's findings: padctl lint --write-baseline"


class Entry(Record):
    """A known finding: where (a PAD's id, else a path), its code, its message without line numbers, how often."""

    pad: str | None = None
    path: str | None = None
    code: str
    message: str
    count: Annotated[int, Strict(), Field(ge=1)]

    @model_validator(mode="after")
    def _one_place(self) -> "Entry":
        if (self.pad is None) == (self.path is None):
            raise PydanticCustomError("place", "either `pad` or `path` belongs here")
        return self

    @property
    def identity(self) -> Identity:
        """What lint compares its findings with."""
        return (self.pad or self.path or "", self.code, self.message)


class Baseline(Record):
    """The whole file."""

    version: Annotated[Literal["padctl-baseline/1"], Field(alias="schema")]
    findings: tuple[Entry, ...]


def read_baseline(root: Path) -> Counter[Identity]:
    """Return the known findings with their numbers; none where there is no baseline.

    Raises:
        SettingsError: the file cannot be read; names the line.
    """
    full = root / BASELINE
    if not os.path.lexists(full):
        return Counter()
    text = _text(full)
    try:
        page = Baseline.model_validate(json.loads(text))
    except json.JSONDecodeError as error:
        raise SettingsError(f"{BASELINE}:{error.lineno}: this is no JSON: {error.msg}", fix=_AGAIN) from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where, place = detail["loc"], " ".join(map(str, detail["loc"][2:] or detail["loc"]))
        line = _line_of_entry(text, int(where[1])) if len(where) > 1 else _line_of_key(text, str(*where[:1]))
        raise SettingsError(f"{BASELINE}:{line}: {place}: {plain_message(detail)}", fix=_AGAIN) from None
    except (ValueError, RecursionError):
        raise SettingsError(f"{BASELINE}:1: this is no baseline", fix=_AGAIN) from None
    known: Counter[Identity] = Counter()
    for entry in page.findings:
        known[entry.identity] = max(known[entry.identity], entry.count)  # a merge may leave a line twice
    return known


def write_baseline(root: Path, known: Mapping[Identity, int], *, ids: Container[str]) -> None:
    """Write the known findings, sorted; `ids` are those of the PADs.

    Raises:
        RepositoryError: something other than a regular file is there, or it cannot be written.
    """
    from padctl.store.writer import create_file, locked_around, replace_file  # noqa: PLC0415  # reading must not load git

    full = root / BASELINE
    lines = [_line(key, known[key], ids) for key in sorted(known)]
    content = f'{{"schema": "{_SCHEMA}", "findings": [\n' + ",\n".join(lines) + ("\n" if lines else "") + "]}\n"
    with locked_around(root) as aside:
        if not os.path.lexists(full):
            create_file(root, full.name, content.encode(), aside=aside)
        elif stat.S_ISREG(full.lstat().st_mode):
            replace_file(full, content.encode(), aside=aside)
        else:
            raise RepositoryError(f"{BASELINE} is no regular file", fix="move it away first")


def _line(key: Identity, count: int, ids: Container[str]) -> str:
    where, code, message = key
    entry = {"pad" if where in ids else "path": where, "code": code, "message": message, "count": count}
    return json.dumps(entry, ensure_ascii=False)


def _text(full: Path) -> str:
    try:
        if not stat.S_ISREG(full.lstat().st_mode):
            raise SettingsError(f"{BASELINE}:1: this is no regular file", fix="move it away, or add --no-baseline")
        raw = full.read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        fix = "make it readable, or add --no-baseline"
        raise SettingsError(f"{BASELINE}:1: it cannot be read: {error.strerror}", fix=fix) from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{BASELINE}:{line}: this is not UTF-8", fix=_AGAIN) from None


def _line_of_entry(text: str, number: int) -> int:
    """Return the 1-based line on which an entry of the list starts, counted from 0, however the file is laid out."""
    decoder = json.JSONDecoder()
    position = start = text.index("[", text.index('"findings"')) + 1
    for _ in range(number + 1):
        while text[position] in " \t\r\n,":
            position += 1
        start = position
        _, position = decoder.raw_decode(text, position)
    return text.count("\n", 0, start) + 1


def _line_of_key(text: str, key: str) -> int:
    return text.count("\n", 0, max(0, text.find(f'"{key}"'))) + 1
