"""What stands beside the PADs and above them: pages and their links, files of other endings, links of the system."""

from .conftest import HEAD, Shelf
from .test_fix import body

CHARTER = "---\nname: growth\n---\n# Growth\n\nSee [the plan](../docs/plan.md).\n"


def test_a_file_that_goes_or_comes_is_seen_by_the_next_run(shelf: Shelf) -> None:
    shelf.write(HEAD + body())
    shelf.write(CHARTER, "teams/growth.md")
    plan = shelf.write("A plan.\n", "docs/plan.md")
    for _ in range(2):
        assert shelf.padctl("lint").code == 0
    plan.unlink()
    for _ in range(2):
        assert "PC405" in shelf.padctl("lint").out
    shelf.write("A plan.\n", "docs/plan.md")
    assert shelf.padctl("lint").code == 0


def test_a_change_is_compared_with_the_pages_of_its_base(shelf: Shelf) -> None:
    shelf.write(HEAD + body())
    shelf.write(CHARTER, "teams/growth.md")
    shelf.committed()
    shelf.write(CHARTER + "\n[More](../docs/more.md)\n", "teams/growth.md")
    said = shelf.padctl("lint", "--base", "HEAD")
    assert "docs/more.md" in said.out
    assert "docs/plan.md" not in said.out


def test_a_file_of_another_ending_is_seen_when_it_becomes_a_pad(shelf: Shelf) -> None:
    shelf.write(HEAD + body())
    other = (HEAD + body()).replace("0001", "0002").replace("Gallery", "Exports")
    for text, found in (("Notes.\n", False), (other, True), ("Notes.\n", False)):
        shelf.write(text, "pads/PAD-0002-exports.txt")
        for _ in range(2):
            assert ("PC011" in shelf.padctl("lint").out) is found
    shelf.write(other, "pads/PAD-0002-exports.txt")
    shelf.committed()
    assert "PC011" not in shelf.padctl("lint", "--base", "HEAD").out
    (shelf.root / "pads/PAD-0002-exports.txt").rename(shelf.root / "pads/PAD-0002-exports.md")
    assert "2 documents checked: 0 errors" in shelf.padctl("lint").out


def test_a_link_may_lead_to_the_rest_of_the_repository(shelf: Shelf) -> None:
    top = shelf.root
    inner = Shelf(top / "product", shelf.capsys)
    inner.write("", "padctl.toml")
    (top / "padctl.toml").unlink()
    shelf.write("A study.\n", "docs/study.md")
    shelf.write("Not ours.\n", "../outside.md")
    links = "[a](../../docs/study.md) [b](../..) [c](../../docs/gone.md) [d](../../../outside.md)"
    inner.write(HEAD + body() + f"\n{links}\n")
    shelf.committed()
    for words in ((), ("--no-cache",), ()):
        told = inner.padctl("lint", "--select", "PC405", *words).out
        assert [name for name in ('"../docs/study.md"', '"../docs/gone.md"', '"../../outside.md"') if name in told] == [
            '"../docs/gone.md"', '"../../outside.md"'
        ]  # fmt: skip
    assert inner.padctl("lint", "--base", "HEAD").out == "1 document checked: no findings\n"
    (top / "docs/study.md").unlink()
    for words in ((), ("--base", "HEAD")):
        assert '"../docs/study.md"' in inner.padctl("lint", *words).out


def test_a_symbolic_link_is_new_once(shelf: Shelf) -> None:
    shelf.write(HEAD + body())
    link = shelf.root / "pads/PAD-0002-link.md"
    link.symlink_to("PAD-0001-gallery.md")
    shelf.committed()
    assert shelf.padctl("lint", "--base", "HEAD").out == "2 documents checked: no findings\n"
    link.unlink()
    assert shelf.padctl("lint", "--base", "HEAD").out == "1 document checked: no findings\n"
    shelf.committed_again()
    link.symlink_to("PAD-0001-gallery.md")
    assert "PC010" in shelf.padctl("lint", "--base", "HEAD").out
