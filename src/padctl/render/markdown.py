"""Markdown of a PAD as HTML that can do nothing: no raw HTML, no images, no scheme but web and mail."""

from collections.abc import Callable
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from padctl.render.console import visible

_SCHEMES = {"http", "https", "mailto"}
_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def to_html(text: str, link: Callable[[str], str]) -> str:
    """Return Markdown as HTML; `link` gives the address of a target, one that is no address leads nowhere."""

    def filtered(tag: str, name: str, value: str) -> str | None:
        if (tag, name) != ("a", "href"):
            return value
        target = link(value)
        return target if target.partition(":")[0].lower() in _SCHEMES else None

    shown = "\n".join(map(visible, text.split("\n")))
    return nh3.clean(
        _parser().render(shown),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        attribute_filter=filtered,
        link_rel="noopener noreferrer",
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"linkify": False, "typographer": False, "html": False})
    parser.add_render_rule("image", _alternative)
    return parser


def _alternative(_: Any, tokens: list[Token], position: int, *__: Any) -> str:
    """Return an image's text in its place: a page asks no other host for anything."""
    return escapeHtml(tokens[position].content)
