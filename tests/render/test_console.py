"""Text for people: folding, tables, colours, and what is made visible."""

import pytest

from padctl.render.console import Piece, beginning, cell_len, folded, line, steps, table, to_text, visible


def folds(text: str, width: int, **more: str) -> list[str]:
    return to_text(folded(text, width=width, **more), color=False).split("\n")[:-1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain [b]x[/b]", "plain [b]x[/b]"), ("é 👍🏽 \u65e5", "é 👍🏽 \u65e5"), ("a\tb\nc", "a b c"), ("\x1b[31m",
        "<U+001B>[31m"), ("\x00", "<U+0000>"),
        ("a\rb", "a<U+000D>b"), ("\x7f", "<U+007F>"), ("\x9b", "<U+009B>"), ("\u202e", "<U+202E>"), ("\u200b",
        "<U+200B>"), ("\ufeff", "<U+FEFF>"),
        ("\u2028", "<U+2028>"), ("\u2029", "<U+2029>"), ("\u00ad", "<U+00AD>"), ("\U000e0041", "<U+E0041>"),
        ("\ud800", "<U+D800>"),
        ("a\u200cb\u200dc", "a\u200cb\u200dc"), ("\u00a0x", "\u00a0x"), ("éX", "éX"), ("", ""),
    ],
)  # fmt: skip
def test_what_would_steer_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_words_fold_at_the_width_behind_their_margins() -> None:
    assert folds("one two three four five", 20, first="> ") == ["> one two three four", "  five"]
    assert folds("one two three four fiv", 22) == ["one two three four fiv"]
    assert folds("one two three four five", 22) == ["one two three four", "five"]
    assert folds("one two three four five six", 24, first="1. ", rest="- ") == ["1. one two three four", "- five six"]
    assert folds("one two three four five six", 24, first="1. ", rest="") == ["1. one two three four", "five six"]
    assert folds("", 20, first="> ") == [">"]
    assert folds("x" * 50, 20) == ["x" * 50]
    assert folds("a " + "x" * 50 + " b", 20) == ["a", "x" * 50, "b"]
    assert folds("one two three four five", 4) == ["one two three four", "five"]
    assert folds("one two three four five", 4, first=">>>> ") == [">>>> one two three four", "     five"]
    assert folds("\u65e5\u672c \u65e5\u672c \u65e5\u672c \u65e5\u672c \u65e5\u672c", 24) == [
        "\u65e5\u672c " * 4 + "\u65e5\u672c"
    ]
    assert folds("\u65e5\u672c \u65e5\u672c \u65e5\u672c \u65e5\u672c \u65e5\u672c", 23) == [
        "\u65e5\u672c " * 3 + "\u65e5\u672c",
        "\u65e5\u672c",
    ]
    assert folds("one two three four five six seven eight", 22, first="> ") == [
        "> one two three four",
        "  five six seven eight",
    ]
    assert folds("one two three four five six seven eight nine", 24, first=">> ", rest="    ") == [
        ">> one two three four",
        "    five six seven eight",
        "    nine",
    ]
    assert folds("a b", 30, first="\u65e5\u672c ") == ["\u65e5\u672c a b"]
    assert folds("one\x1b two", 40) == ["one<U+001B> two"]


def test_code_is_not_broken_where_it_fits_on_a_line() -> None:
    assert folds("write `owner: dana` now", 20) == ["write `owner: dana`", "now"]
    assert folds("please write `a: b`, or not", 20) == ["please write `a: b`,", "or not"]
    assert folds("say `one two three four five six`", 20) == ["say `one two three", "four five six`"]
    assert folds("one two three four `a b`", 21) == ["one two three four", "`a b`"]
    assert folds("a `one two three four`", 20) == ["a", "`one two three four`"]
    assert folds("a `one two three fours`", 20) == ["a `one two three", "fours`"]
    assert folds("one `two three four five", 20) == ["one `two three four", "five"]


def test_a_command_among_steps_is_not_folded() -> None:
    text = "one two three four five\ngit commit -m 'A very long message' -- pads/a.md\nthen this\npadctl lint"
    assert to_text(steps(text, width=22, first="- "), color=False).split("\n") == [
        "- one two three four", "  five", "  git commit -m 'A very long message' -- pads/a.md", "  then this",
        "  padctl lint", "",
    ]  # fmt: skip
    assert list(steps("git status", width=80, first="\u65e5 ")) == [(Piece("\u65e5 "), Piece("git status"))]
    two = list(steps("a\nb", width=80, first="\u65e5 "))
    assert two == [(Piece("\u65e5 "), Piece("a")), (Piece("   "), Piece("b"))]
    long = "one two three four five six"
    assert to_text(steps(long, width=24, first="\u65e5 "), color=False) == "\u65e5 one two three four\n   five six\n"


def test_a_fold_has_its_style_behind_a_plain_margin() -> None:
    rows = list(folded("one two three four five", width=20, first="> ", style="bold"))
    assert rows == [(Piece("> "), Piece("one two three four", "bold")), (Piece("  "), Piece("five", "bold"))]
    assert list(folded("one", width=20)) == [(Piece(""), Piece("one"))]


def test_a_table_aligns_all_columns_and_folds_the_last() -> None:
    rows = [("a", "\u65e5\u672c", "one two three four five six"), ("bbb", "c", "x\x1by")]
    assert to_text(table(rows, width=30), color=False) == (
        "a    \u65e5\u672c  one two three four\n           five six\nbbb  c     x<U+001B>y\n"
    )
    styled = list(table([("a", "b", "c d")], width=80, styles=("bold", "dim")))
    assert styled == [(Piece("a  ", "bold"), Piece("b  ", "dim"), Piece("c d"))]
    assert list(table([("a", "b")], width=80, styles=("bold", "dim"))) == [(Piece("a  ", "bold"), Piece("b", "dim"))]
    assert list(table([], width=80)) == []


def test_lines_without_colour_end_where_their_words_end() -> None:
    assert to_text([line("a ", Piece("b  ", "bold")), line(), line("c")], color=False) == "a b\n\nc\n"
    assert to_text([line("a\x1b[2J", Piece("b\n\u202e", "bold"))], color=False) == "a<U+001B>[2Jb <U+202E>\n"


def test_colours_are_padctls_own_and_text_is_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    text = to_text([line("[red]a[/red] :smile: 12 ", Piece("[/x]\x1b", "bold red"))], color=True)
    assert text == "[red]a[/red] :smile: 12 \x1b[1;31m[/x]<U+001B>\x1b[0m\n"
    long = "word " * 100
    assert to_text([line(long)], color=True).strip("\n") == long
    assert to_text([line("a"), line(Piece("b", "green"))], color=True) == "a\n\x1b[32mb\x1b[0m\n"


def test_cells_are_those_of_a_terminal() -> None:
    assert cell_len("abc") == 3
    assert cell_len("\u65e5\u672c") == 4
    assert cell_len("é") == 1


def test_a_beginning_fits_into_its_cells() -> None:
    assert [beginning("\u65e5\u672cx", cells) for cells in range(7)] == [
        "", "", "\u65e5", "\u65e5", "\u65e5\u672c", "\u65e5\u672cx", "\u65e5\u672cx",
    ]  # fmt: skip
    assert beginning("abc", 2) == "ab"
