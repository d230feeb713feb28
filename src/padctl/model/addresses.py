"""Where the repository can be read in a browser, and where the links of its pages lead there."""

import posixpath
import re
from typing import Annotated
from urllib.parse import quote, unquote

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from padctl.model.fields import Line, Record, shown

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")


def _web(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise PydanticCustomError("web", "{value} is no address that starts with https://", {"value": shown(value)})
    return value


class Links(Record):
    """Where the repository can be read in a browser: what stands before a path from the root."""

    base: Annotated[Line, AfterValidator(_web)] | None = None

    def to(self, path: str) -> str:
        """Return the address of a file: percent-encoded, and relative to the root where no base is set."""
        address = quote(path, errors="surrogateescape")
        return f"{self.base.rstrip('/')}/{address}" if self.base else address

    def from_page(self, page: str, target: str) -> str:
        """Return the address that a link on a page leads to; one into the repository as `to` gives it."""
        if _ADDRESS.match(target):
            return target
        path, mark, anchor = target.partition("#")
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
        return target if joined.startswith("..") else self.to(joined) + mark + anchor
