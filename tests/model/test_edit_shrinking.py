"""Lists that shrink lose the lines of what was taken out, and nothing else."""

import pytest

from padctl.model.document import read_document
from padctl.model.edit import EditError, Value, with_fields

TEXT = (
    "---\nid: PAD-0001\nactions:\n  - {id: A1, what: ask}  # mine\n  # about A2\n"
    "  - id: A2\n    what: tell\n  - {id: A3}\n---\n# T\n"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_lines_of_an_item_go(newline: str) -> None:
    document = read_document(TEXT.replace("\n", newline).encode(), path="t.md")
    kept: list[Value] = [{"id": "A1", "what": "ask"}, {"id": "A3"}]
    after = with_fields(document, {"actions": kept})
    assert after.text == TEXT.replace("  - id: A2\n    what: tell\n", "").replace("\n", newline)


def test_items_in_another_order_are_no_smaller_list() -> None:
    document = read_document(TEXT.encode(), path="t.md")
    with pytest.raises(EditError):
        with_fields(document, {"actions": [{"id": "A3"}, {"id": "A1", "what": "ask"}]})


def test_one_value_in_two_places_is_written_twice() -> None:
    document = read_document(b"---\nid: PAD-0001\n---\n", path="t.md")
    shared: Value = ["a", "b"]
    assert "&" not in with_fields(document, {"x-one": {"left": shared, "right": shared}}).text
