"""Questions that git is asked ahead: their answers are those of now."""

from acting import Company

from padctl.store.repository import Repository

WORDS = ("ls-files", "--", "notes.txt")


def test_an_answer_from_before_a_change_is_not_given(company: Company) -> None:
    company.write("notes.txt", "x")
    repository = Repository(company.root)
    with repository.ahead.asking([(repository.asking(*WORDS), None)]):
        repository.git("add", "--", "notes.txt")
        assert repository.ask(*WORDS).output == "notes.txt"


def test_an_answer_is_given_once(company: Company) -> None:
    company.write("notes.txt", "x")
    repository = Repository(company.root)
    with repository.ahead.asking([(repository.asking(*WORDS), None)]):
        assert repository.ask(*WORDS).output == ""
        company.git("add", "notes.txt")
        assert repository.ask(*WORDS).output == "notes.txt"


def test_what_nobody_asked_is_forgotten(company: Company) -> None:
    company.write("notes.txt", "x")
    repository = Repository(company.root)
    with repository.ahead.asking([(repository.asking(*WORDS), None)]):
        pass
    company.git("add", "notes.txt")
    assert repository.ask(*WORDS).output == "notes.txt"


def test_objects_are_asked_ahead_as_they_are_asked(company: Company) -> None:
    repository = Repository(company.root)
    names = [repository.at("HEAD", "padctl.toml"), repository.at("HEAD", "no\nsuch.md")]
    with repository.ahead.asking(repository.about("--batch", [name]) for name in names):
        assert repository.blob("HEAD", "padctl.toml") == (company.root / "padctl.toml").read_bytes()
        assert repository.blob("HEAD", "no\nsuch.md") is None
