"""Jinja templates, a user's included: sandboxed, on plain data only, undefined names are errors."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from jinja2 import BaseLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from padctl.errors import SettingsError

_MARKDOWN_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def fill_page(text: str, values: Mapping[str, str], *, path: str) -> str:
    """Fill a PAD template's page with one PAD's values.

    Raises:
        SettingsError: the page is no Jinja template, or names a value that does not exist.
    """
    return _rendered(lambda: _environment(BaseLoader()).from_string(text), {**values}, path)


def render_report(name: str, data: Mapping[str, Any], folders: Sequence[Path]) -> str:
    """Render a report's template, the first one found in the folders, on plain data.

    Raises:
        SettingsError: the template is missing or fails.
    """
    environment = _environment(FileSystemLoader([str(folder) for folder in folders]))
    return _rendered(lambda: environment.get_template(f"report/{name}.j2"), data, f"report/{name}.j2")


def _environment(loader: BaseLoader) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=lambda name: bool(name and ".html" in name),
    )
    environment.filters["md"] = _escaped
    environment.filters["wrapped"] = _wrapped
    return environment


def _rendered(load: Any, data: Mapping[str, Any], path: str) -> str:
    try:
        return str(load().render(data))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"{path}:{line}" if line else path
        raise SettingsError(f"{where}: {error}", fix="mend the template") from None
    except (TypeError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise SettingsError(f"{path}: {error}", fix="mend the template") from None


def _escaped(text: object) -> str:
    """Return text as Markdown that shows it as written."""
    return " ".join(str(text).translate(_MARKDOWN_MARKS).split())


def _wrapped(text: object, width: int = 80, indent: int = 0) -> str:
    """Return text folded at `width` characters, following lines indented."""
    return fill(str(text), width=width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
