"""A new PAD's file: its number taken under the lock, its text from the template, never over an existing file."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from padctl.errors import UsageError
from padctl.model.document import read_document
from padctl.model.ids import next_id
from padctl.model.pad import Pad, read_pad
from padctl.model.template import Template, with_page
from padctl.model.terms import PAD_ID, suggestion
from padctl.scaffold import new_pad, slug
from padctl.store.file_state import check_own
from padctl.store.repository import Repository
from padctl.store.workspace import Workspace
from padctl.store.writer import create_file, locked

FillPage = Callable[..., str]


def create_pad(
    workspace: Workspace,
    *,
    title: str,
    owner: str | None,
    team: str | None,
    template: str,
    today: date,
    fill: FillPage,
) -> Pad:
    """Write a new PAD and return it; it is not committed.

    Raises:
        UsageError: the template, team, owner or title cannot be used.
        RepositoryError: the file cannot be written, or could never be committed where settings want it.
    """
    repository = Repository(workspace.root)
    frame = _frame(workspace, template)
    known = workspace.frame.team_names
    charter = workspace.frame.team(team or "")
    if team and known and not charter:
        raise UsageError(
            f'there is no team "{team}"{suggestion(team, known)}', fix=f"teams here: {', '.join(sorted(known))}"
        )
    who = workspace.settings.short_name(owner or repository.user_name())
    if not who:
        raise UsageError("nobody owns it: git has no user.name", fix="add --owner NAME")
    with locked(repository):
        workspace = workspace.again()
        team = charter.name if charter else team
        pad_id = next_id(taken_ids(workspace, repository), workspace.settings.ids)
        values = {
            "id": pad_id, "title": title, "owner": who, "team": team or "", "created": str(today), "template": template,
        }  # fmt: skip
        filled = with_page(frame, lambda text, path: fill(text, values, path=path))
        try:
            "".join(values.values()).encode()
        except UnicodeEncodeError:
            raise UsageError("the title, owner or team is not valid text", fix="type it as UTF-8") from None
        text = new_pad(pad_id=pad_id, title=title, owner=who, team=team, template=filled, today=today)
        paths = workspace.settings.paths
        path = f"{paths.new or paths.pads}/{pad_id}-{slug(title)}.md"
        pad = read_pad(read_document(text.encode(), path=path), filled)
        if pad.violations or pad.document.faults:
            problems = [v.message for v in pad.violations] + [f.message for f in pad.document.faults]
            raise UsageError("; ".join(problems), fix="use a title, owner and team of one line each")
        check_own(repository, path)
        create_file(workspace.root, path, text.encode(), aside=repository.git_dir)
    return pad


def _frame(workspace: Workspace, name: str) -> Template:
    templates = workspace.frame.templates
    if name not in templates:
        listed = ", ".join(sorted(templates))
        raise UsageError(f'there is no readable template "{name}"{suggestion(name, templates)}', fix=f"one of {listed}")
    return templates[name]


def taken_ids(workspace: Workspace, repository: Repository) -> Iterator[str]:
    """Yield the ids in use: in the work tree's documents, and in file names of all branches and work trees.

    Raises:
        RepositoryError: git cannot tell one of them, so that an id might be given twice.
    """
    names = workspace.names
    yield from filter(None, names.ids.values())
    for former in names.former.values():
        yield from filter(None, former)
    prefix = workspace.settings.ids.prefix
    for path in (*paths_everywhere(repository), *names.paths):
        match = PAD_ID.match(Path(path).name)
        if match and match[1] == prefix:
            yield match[0]


def paths_everywhere(repository: Repository) -> set[str]:
    """Return the file paths of every local and remote-tracking branch and of every linked work tree."""
    refs = repository.must("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").split("\n")
    paths: set[str] = set()
    for ref in filter(None, refs):
        paths.update(repository.must("ls-tree", "-r", "--name-only", "-z", "--full-tree", ref).split("\0"))
    for line in repository.must("worktree", "list", "--porcelain").split("\n"):
        folder = Path(line.removeprefix("worktree "))
        if line.startswith("worktree ") and folder.is_dir() and folder.resolve() != repository.top:
            paths.update(str(path) for path in folder.rglob("*.md"))
    paths.update(repository.must("ls-files", "-z", "--full-name").split("\0"))
    return paths
