"""The writer's mutants: each is laid over its module in namespaces of its own, and the tests of that module run.

Mutants and their tests signal processes, not always their own, and may wait without end. So each sees no processes but
its own, has a file system in memory for temporary files, and ends as a whole when its time is over.
"""

import argparse
import ast
import difflib
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from .__main__ import ENOUGH, PROJECT

STORE = PROJECT / "src/padctl/store"
_REPLACING = ("replacing", "creating", "unwritable", "saved_files", "drafts", "other_file_system")
_WHOLE = ("one_commit", "writer")
TESTS = {  # of tests/cli; those that kill most of a module's mutants first
    "changed": ("changed", "agenda_git"),
    "committing": ("committing", *_WHOLE, "reworded"),
    "dead_locks": ("dead_locks", "index_lock"),
    "journal": ("journal", *_WHOLE),
    "kept": ("kept", "replacing", "locking", *_WHOLE),
    "locking": ("locking", "journal", *_WHOLE),
    "openers": ("dead_locks", "index_lock"),
    "outputs": ("output_files",),
    "replacing": (*_REPLACING, *_WHOLE),
    "result": ("reworded", *_WHOLE),
    "writer": (*_WHOLE, "foreign_work", "reworded"),
}
_NAMESPACES = ("unshare", "--pid", "--mount", "--fork", "--mount-proc", "--kill-child")
_LAID_OVER = 'mount --bind "$1" "$2" && mount -t tmpfs none "$3" || exit 99; shift 3; "$@"; exit $?'
_ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


@dataclass(frozen=True)
class Mutant:
    """A module of `store`, what was done to it, and the text that this made of it."""

    module: str
    what: str
    text: str

    @property
    def difference(self) -> str:
        lines = difflib.unified_diff(_source(self.module).splitlines(), self.text.splitlines(), n=0, lineterm="")
        return "\n".join(islice(lines, 2, None))


def mutants(module: str) -> Iterator[Mutant]:
    """Yield the mutants of a module, each program once; other types, or `==` before None, make no other program."""
    source = _source(module)
    nodes = list(ast_nodes(get_ast(source)))
    seen = {_program(source), ""}
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments():
            continue
        for occurrence in range(sum(1 for node in nodes for _ in operator().mutation_positions(node))):
            text = mutate_code(source, operator(), occurrence) or ""
            program = _program(text)
            if program not in seen:
                seen.add(program)
                yield Mutant(module, f"{name.rpartition('/')[2]} {occurrence}", text)


def _source(module: str) -> str:
    return (STORE / f"{module}.py").read_text(encoding="utf-8")


def _program(text: str) -> str:
    """Return what tells two programs apart, empty for none: syntax without types and how parameters are passed."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        for name in {"annotation", "returns"} & set(node._fields):
            setattr(node, name, None)
        if isinstance(node, ast.arguments):
            node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
            node.defaults += filter(None, node.kw_defaults)
            node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
        if isinstance(node, ast.Compare) and ast.dump(node.comparators[0]) == "Constant(value=None)":
            node.ops = [{ast.Is: ast.Eq, ast.IsNot: ast.NotEq}.get(type(op), type(op))() for op in node.ops]
    return ast.dump(tree)


def tried(mutant: Mutant, words: list[str], seconds: float) -> int | None:
    """Run a Python with a mutant in its module's place, and return its status; None where it took too long."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        text, files = Path(name, "mutant.py"), Path(name, "files")
        text.write_text(mutant.text, encoding="utf-8")
        files.mkdir()
        files.parent.chmod(0o755)  # some tests are nobody for a while
        as_root = ("--map-root-user",) if os.geteuid() else ()
        laid = ("sh", "-c", _LAID_OVER, "sh", text, STORE / f"{mutant.module}.py", files)
        process = subprocess.Popen(
            [*_NAMESPACES, *as_root, *laid, sys.executable, *words],
            cwd=PROJECT, env={**os.environ, **_ENVIRONMENT, "TMPDIR": str(files)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            process.kill()
            process.wait()


def passed(mutant: Mutant, file: str, seconds: float) -> bool:
    return tried(mutant, ["-m", "pytest", "-x", "-p", "no:cacheprovider", f"tests/cli/test_{file}.py"], seconds) == 0


def limit(file: str) -> float:
    """Return how many seconds a file of tests may take: several times what it takes without a mutant."""
    begun = time.monotonic()
    if not passed(Mutant("writer", "", _source("writer")), file, 900):
        sys.exit(f"tests/cli/test_{file}.py fails without a mutant")
    return 60 + 5 * (time.monotonic() - begun)


def main() -> int:
    """Run all mutants or a sample of them; exit 1 where less than 90 % were killed."""
    asked = _arguments()
    modules = asked.modules.split(",") if asked.modules else list(TESTS)
    everything = [mutant for module in modules for mutant in mutants(module)]
    Random(asked.seed).shuffle(everything)
    chosen = everything[: asked.sample or None]
    print(f"{len(chosen):,} of {len(everything):,} mutants", flush=True)
    killed, survivors = Counter[str](), []
    with ThreadPoolExecutor(asked.jobs) as pool:
        files = sorted({file for module in modules for file in TESTS[module]})
        seconds = dict(zip(files, pool.map(limit, files), strict=True))

        def killer(mutant: Mutant) -> str:
            return next((file for file in TESTS[mutant.module] if not passed(mutant, file, seconds[file])), "")

        for mutant, file in zip(chosen, pool.map(killer, chosen), strict=True):
            print(f"{mutant.module}, {mutant.what}: {file or 'survived'}", flush=True)
            killed[mutant.module] += bool(file)
            survivors += [] if file else [mutant]
    return _told(chosen, killed, survivors)


def _told(chosen: list[Mutant], killed: Counter[str], survivors: list[Mutant]) -> int:
    print("\nSurvivors")
    for mutant in sorted(survivors, key=lambda mutant: mutant.module):
        print(f"{mutant.module}\n{mutant.difference}")
    print()
    for module, count in sorted(Counter(mutant.module for mutant in chosen).items()):
        print(f"{module}: {killed[module]} of {count} mutants killed")
    share = killed.total() / len(chosen)
    print(f"writer: {killed.total():,} of {len(chosen):,} mutants killed ({share:.1%})")
    return int(share < ENOUGH)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.writer", description=__doc__)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--modules", default="")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
