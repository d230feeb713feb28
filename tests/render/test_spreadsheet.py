"""What a spreadsheet gets, byte by byte."""

import pytest

from padctl.render.spreadsheet import to_csv


def test_rows_stand_under_their_columns() -> None:
    rows = [("a", 1, None, ("x", "y"), ()), ('say "a"', "b, c", "two\nlines", ("=1",), "")]
    assert to_csv(["one", "=two"], rows) == 'one,=two\na,1,,x; y,\n"say ""a""","b, c",two lines,\'=1,\n'
    assert to_csv(["one"], []) == "one\n"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), (-1, "'-1"), (("-1", "x"), "'-1; x"),
        ("a=1", "a=1"), ("\t=1", " =1"), ("\r=1", "<U+000D>=1"), ("a\x1b\u202eb", "a<U+001B><U+202E>b"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula_or_steers(value: object, cell: str) -> None:
    assert to_csv(["x"], [[value]]) == f"x\n{cell}\n"
