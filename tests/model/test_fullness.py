"""Whether a body, a block or a cell says anything."""

import pytest

from padctl.model.markdown import read_body
from padctl.model.wording import says_something


def is_filled(text: str) -> bool:
    return any(block.filled for block in read_body(text, start=0).blocks)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!-- Who has this problem? -->",
        "<!-- Who has\n\nthis problem? -->",
        "<!-- one --> <!-- two -->",
        "<!-- open for ever",
        "TBD",
        "tbd.",
        "**TBD**",
        "TODO",
        "TBD, TODO",
        "...",
        "…",
        "N/A",
        "n/a.",
        "N/A:",
        "N/A: TBD",
        "<br>",
        "<br/>",
        "<p>\n</p>",
        "<b></b>",
        "&nbsp;",
        "&#8203;",
        "\u00a0",
        "\u200b",
        "\u200b\u2060\ufeff",
        "\u2800",
        "- [ ] TODO",
        "- [ ] ",
        "- [x]",
        "- TBD\n- TODO",
        "- \n- ",
        "> TBD",
        "1. TBD",
        "[x]: https://x.example",
        "---",
        "***",
        "```\n```",
        "?",
        "-",
        "[](https://x.example)",
        "| a |\n|---|",
        "| a |\n|---|\n|  |",
        "| a | b |\n|---|---|\n| TBD | ... |\n| - | &nbsp; |",
        "| a |\n|---|\n| <br> |",
        "| a |\n|---|\n| <!-- hidden --> |",
        "| a |\n|---|\n| \u200b |",
    ],
)
def test_a_body_that_says_nothing_is_not_filled(text: str) -> None:
    assert not is_filled(text + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "7",
        "€",
        "λέξη",
        "كلمة",
        "言葉",
        "शब्द",
        "🎉",
        "a TBD b",
        "TBDs are done",
        "TBD: dana asks legal",
        "`x`",
        "```\ncode\n```",
        "    code",
        "![](flow.png)",
        "![a flow](flow.png)",
        "<img src=flow.png>",
        '<p><img alt="" src="flow.png"></p>',
        "[text](https://x.example)",
        "<https://x.example>",
        "<b>x</b>",
        "<p>\nx\n</p>",
        "<!-- prompt --> x",
        "<!-- prompt -->\nx",
        "<!--> x",
        "- [ ] call legal",
        "- [ ] TODO\n- [x] asked legal",
        "> quoted",
        "N/A: nobody waits for us",
        "| a |\n|---|\n| x |",
        "| a | b |\n|---|---|\n| | 3 |",
        "| a |\n|---|\n| `x` |",
        "| a |\n|---|\n| ![](x.png) |",
        "| a |\n|---|\n| 🎉 |",
    ],
)
def test_a_body_that_says_something_is_filled(text: str) -> None:
    assert is_filled(text + "\n")


def test_a_prompt_does_not_hide_what_is_written_under_it() -> None:
    blocks = read_body("### Why\n\n<!-- Why now? -->\n\nBecause.\n", start=0).blocks
    assert [(block.filled, block.text) for block in blocks] == [(False, ""), (True, "Because.")]


@pytest.mark.parametrize("text", ["", " ", "TBD", "[ ]", "[x] TODO", "N/A", "?!", "\u3164", "\u0301"])
def test_says_something_is_false_for_placeholders(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["a", "0", "+", "[ ] a", "TODOs", "ß", "\U0001f389"])
def test_says_something_is_true_for_letters_digits_and_symbols(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("N/A: nobody waits for us", "nobody waits for us"),
        ("n/a - nobody", "nobody"),
        ("N/A \u2013 nobody", "nobody"),
        ("N/A: two\nlines", "two lines"),
        ("N/A", ""),
        ("N/A:", ""),
        ("N/A: TBD", ""),
        ("It is N/A: no", ""),
        ("nobody waits", ""),
    ],
)
def test_a_skip_keeps_its_reason(text: str, reason: str) -> None:
    (block,) = read_body(text + "\n", start=0).blocks
    assert block.skipped == reason
