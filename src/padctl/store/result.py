"""What became of a commit: read again, because a hook may have rewritten it on the way, or taken it back."""

from padctl.errors import Reason, Refused
from padctl.model.document import read_document
from padctl.store.kept import content_of
from padctl.store.repository import Repository


class Rewritten(Refused):
    """A commit that stands, although a hook made something else of it than the command wrote."""

    def __init__(self, path: str, what: str, commit: str) -> None:
        fix = f"mend the hook; git revert --no-edit {commit[:12]} takes the commit back, then run the command again"
        super().__init__(f"{path} was committed, but a hook changed it on the way", [Reason(message=what, fix=fix)])
        self.path, self.what = path, what

    def taken_back(self) -> Refused:
        """Return what to say once the commit does not stand any more."""
        reason = Reason(message=self.what, fix="mend the hook")
        return Refused(f"a hook changed {self.path} on its way into the commit", [reason])


class NotKept(Refused):
    """A commit that a hook took back after git had made it."""

    def __init__(self, path: str) -> None:
        reason = Reason(message="a hook took the commit back after it was made", fix="mend the hook")
        super().__init__(f"{path}: nothing was committed", [reason])


def check_committed(
    repository: Repository, path: str, old: bytes | None, new: bytes | None, *, since: str, same: bool
) -> None:
    """Make sure that a file that was committed reads as what was written, in what that changed of `old`.

    `since` is HEAD before, empty for none. Where git says that the file is the `same` as committed, it is read: an
    object may be stored through a filter.

    Raises:
        Rewritten: it does not.
        NotKept: there is no such commit any more.
    """
    stored = content_of(repository.root / path) if same else repository.blob("HEAD", path)
    if stored == new:
        return
    if not same and not repository.differs([path], "HEAD"):
        stored = content_of(repository.root / path)
    before, meant, now = (read_document(text or b"", path=path).values for text in (old, new, stored))
    lost = [key for key in {**before, **meant} if before.get(key) != meant.get(key) and now.get(key) != meant.get(key)]
    if lost:
        after = [f"^{since}"] if since else []
        commit = repository.must("rev-list", "--max-count=1", "HEAD", *after, "--", path)
        raise Rewritten(path, f"not as the command wrote it: {', '.join(lost)}", commit) if commit else NotKept(path)
