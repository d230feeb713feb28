"""Where the repository can be read in a browser, and where the links of its pages lead there."""

import posixpath
import re
from typing import Annotated
from urllib.parse import quote, unquote

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from padctl.model.fields import Line, Record, shown

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
_HOST = r"(?P<host>[a-z0-9]+(?:[.-][a-z0-9]+)*)"
_PATH = r"(?P<path>[\w.-]+(?:/[\w.-]+)+)/?"
# What a remote may be called: over https, with a port that is the web's too; over ssh, as an address or as HOST:PATH.
_REMOTES = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"https://(?:[^@/\\\s]*@)?{_HOST}(?P<port>:\d+)?/{_PATH}",
        rf"ssh://(?:[^@/\\\s]+@)?{_HOST}(?P<port>(?!))?(?::\d+)?/{_PATH}",
        rf"(?:[^@/:\\\s]+@)?{_HOST}(?P<port>(?!))?:/?{_PATH}",
    )
)
_OVER_HTTPS_PORT = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}  # ssh where port 22 is shut
_PAGES = {"github": "blob/HEAD", "gitlab": "-/blob/HEAD"}  # HEAD is the default branch there


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


def web_base(remote: str, folder: str = "") -> str:
    """Return where the files of a remote repository are read in a browser, below a folder of it; empty if unknown.

    Known are GitHub and GitLab, and hosts of one's own that are called `github.` or `gitlab.` something. Names and
    passwords in a remote's address are left out.
    """
    found = next(filter(None, (form.fullmatch(remote) for form in _REMOTES)), None)
    if found is None:
        return ""
    host, parts = found["host"].lower(), found["path"].removesuffix(".git").split("/")
    host = _OVER_HTTPS_PORT.get(host, host)
    kind, _, domain = host.partition(".")
    if kind not in _PAGES or not domain or domain.startswith("com.") or not {"", ".", ".."}.isdisjoint(parts):
        return ""
    if kind == "github" and len(parts) != 2:  # noqa: PLR2004  # owner and repository
        return ""
    address = f"https://{host}{found['port'] or ''}/{'/'.join(parts)}/{_PAGES[kind]}"
    return "/".join(filter(None, [address, quote(folder, errors="surrogateescape")]))
