"""Jinja templates, a user's included: sandboxed, on plain data only, undefined names are errors."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from textwrap import fill
from traceback import extract_tb
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from padctl.errors import SettingsError
from padctl.model.addresses import Links
from padctl.model.document import MAX_DOCUMENT
from padctl.render.bounds import TooLong, bounded
from padctl.render.console import visible
from padctl.report.standing import ago, day

_LARGEST = 1_000
_LONGEST = 20_000_000
_WORDS: dict[type[BaseException], str] = {
    TooLong: "it takes too long",
    MemoryError: "it takes too much memory",
    RecursionError: "it nests too deep, or calls itself without end",
    UnicodeDecodeError: "the file is not UTF-8",
}
_LINE_MARK = re.compile(r"^([0-9]{0,9})([-+=~.)])")
_MARKDOWN_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def fill_page(text: str, values: Mapping[str, str], *, path: str) -> str:
    """Fill a PAD template's page with one PAD's values.

    Raises:
        SettingsError: the page is no Jinja template, or names a value that does not exist.
    """
    return _rendered(lambda: _environment(BaseLoader()).from_string(text), {**values}, path)


def render_report(name: str, data: Mapping[str, Any], folders: Sequence[Path], links: Links | None = None) -> str:
    """Render a report's template, the first one found in the folders, on plain data; `links` resolve its addresses.

    Raises:
        SettingsError: the template is missing or fails.
    """
    environment = _environment(_Loader([str(folder) for folder in folders]))
    environment.filters["markdown"] = partial(_markdown, links or Links())
    if name.endswith(".html"):
        environment.finalize = _shown
    return _rendered(lambda: environment.get_template(f"report/{name}.j2"), data, f"report/{name}.j2")


class _Loader(FileSystemLoader):
    """Reads templates from their folders only, whatever links stand in them."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its file, and whether it is up to date."""
        text, name, fresh = super().get_source(environment, template)
        if not any(Path(name).resolve().is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise SecurityError(f"{template} is a link to outside of the templates")
        if len(text) > MAX_DOCUMENT:
            raise SecurityError(f"{template} has {len(text):,} characters; at most {MAX_DOCUMENT:,} are read")
        return text, name, fresh


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, without the multiplications that fill the memory."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers of a sane size, and nothing else."""
        if not all(isinstance(side, (int, float)) and abs(side) <= _LARGEST for side in (left, right)):
            raise SecurityError(f"{operator} is for numbers up to {_LARGEST}")
        return super().call_binop(context, operator, left, right)


def _environment(loader: BaseLoader) -> _Environment:
    environment = _Environment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=lambda name: bool(name and ".html" in name),
    )
    environment.filters["md"] = _escaped
    environment.filters["paragraph"] = _paragraph
    environment.filters["csp_hash"] = _csp_hash
    environment.filters["wrapped"] = _wrapped
    environment.filters["day"] = lambda text: day(_date(text))
    environment.filters["ago"] = lambda text, today: ago(_date(text), _date(today))
    environment.tests["web"] = lambda text: str(text).lower().startswith(("https://", "http://", "mailto:"))
    return environment


def _rendered(load: Any, data: Mapping[str, Any], path: str) -> str:
    try:
        with bounded():
            return _joined(load().generate(data))
    except (Exception, TooLong) as error:  # a template can raise anything; all of it is the template's fault
        raise SettingsError(f"{path}{_line_of(error)}: {_words(error)}", fix="mend the template") from None


def _words(error: BaseException) -> str:
    """Return what a person who writes templates can do something with."""
    if isinstance(error, TemplateNotFound):
        return f'there is no template "{error.name}"'
    plain = (text for kind, text in _WORDS.items() if isinstance(error, kind))
    return next(plain, str(error))


def _joined(pieces: Iterable[str]) -> str:
    text: list[str] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > _LONGEST:
            raise ValueError(f"the result is longer than {_LONGEST:,} characters")
        text.append(piece)
    return "".join(text)


def _line_of(error: BaseException) -> str:
    """Return ":LINE" of the template where an error arose, or nothing where it is not known."""
    if isinstance(error, TemplateSyntaxError):
        return f":{error.lineno}"
    lines = [
        frame.lineno for frame in extract_tb(error.__traceback__) if frame.name.startswith(("top-level", "block "))
    ]
    return f":{lines[-1]}" if lines else ""


def _escaped(text: object) -> str:
    """Return text as Markdown that shows it as written, with nothing invisible in it."""
    return visible(" ".join(str(text).translate(_MARKDOWN_MARKS).split()))


def _paragraph(text: object) -> str:
    """Return text as Markdown that may start a line, on which a mark of a list, a rule or mathematics is none."""
    return _LINE_MARK.sub(r"\1\\\2", _escaped(text)).replace("$", "\\$")


def _csp_hash(text: object) -> str:
    """Return what a Content-Security-Policy calls a script that stands in the page as this very text."""
    return f"sha256-{b64encode(sha256(str(text).encode()).digest()).decode()}"


def _shown(value: object) -> object:
    """Return a value of a page with nothing invisible in it; finished markup is left as it is."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _markdown(links: Links, text: object, page: str) -> Markup:
    """Return Markdown that stands on a page, given by its path, as safe HTML."""
    from padctl.render.markdown import to_html  # noqa: PLC0415  # for HTML only

    return Markup(to_html(str(text), lambda target: links.from_page(page, target)))  # noqa: S704  # nh3 cleaned it


def _date(text: object) -> date:
    """Return the date in an ISO text that may have a time behind it."""
    return date.fromisoformat(str(text)[:10])


def _wrapped(text: object, width: int = 80, indent: int = 0) -> str:
    """Return text folded at `width` characters, following lines indented."""
    return fill(str(text), width=width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
