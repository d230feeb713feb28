"""The writer's mutants: each is laid over its module in namespaces of its own, and the tests of that module run.

Mutants and their tests signal processes, not always their own, and wait without end: a mutant sees no other processes
than its own, has its own memory for a folder of temporary files, and goes as a whole when its time is over.
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
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

PROJECT = Path(__file__).parents[2]
STORE = PROJECT / "src/padctl/store"
COMMON = ("cli/test_one_commit", "cli/test_writer")
TESTS: dict[str, tuple[str, ...]] = {
    "changed": ("cli/test_changed", "cli/test_agenda_git"),
    "committing": ("cli/test_committing", *COMMON),
    "dead_locks": ("cli/test_dead_locks", "cli/test_index_lock"),
    "journal": ("cli/test_journal", *COMMON),
    "kept": ("cli/test_kept", "cli/test_replacing", "cli/test_locking", *COMMON),
    "locking": ("cli/test_locking", "cli/test_journal", *COMMON),
    "outputs": ("cli/test_output_files",),
    "replacing": ("cli/test_replacing", *COMMON),
    "writer": (*COMMON, "cli/test_foreign_work"),
}
NAMESPACES = ("unshare", "--pid", "--mount", "--fork", "--mount-proc", "--kill-child")
LAID_OVER = 'mount --bind "$1" "$2" && mount -t tmpfs none "$3" || exit 99; shift 3; "$@"; exit $?'


@dataclass(frozen=True)
class Mutant:
    """A module of `store`, what was done to it, and the text that this made of it."""

    module: str
    what: str
    text: str


def mutants(module: str) -> Iterator[Mutant]:
    """Yield the mutants of a module that are another program: not of its annotations, each program once."""
    source = (STORE / f"{module}.py").read_text(encoding="utf-8")
    nodes = list(ast_nodes(get_ast(source)))
    seen = {_program(source), ""}
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments():
            continue
        count = sum(1 for node in nodes for _ in operator().mutation_positions(node))
        for occurrence in range(count):
            text = mutate_code(source, operator(), occurrence) or ""
            if (program := _program(text)) not in seen:
                seen.add(program)
                yield Mutant(module, f"{name.rpartition('/')[2]} {occurrence}", text)


def _program(text: str) -> str:
    """Return what tells two programs apart: their syntax without types; empty where it is none."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def tried(words: Sequence[str], mutant: Mutant | None, seconds: float) -> int | None:
    """Run a Python with a mutant in its module's place, and return its status; None where it took too long."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # some tests are nobody for a while
        place = STORE / f"{mutant.module if mutant else 'writer'}.py"
        text = folder / "mutant.py"
        text.write_text(mutant.text if mutant else place.read_text(encoding="utf-8"), encoding="utf-8")
        files = folder / "files"
        files.mkdir()
        as_root = () if os.geteuid() == 0 else ("--map-root-user",)
        call = [*NAMESPACES, *as_root, "sh", "-c", LAID_OVER, "sh", str(text), str(place), str(files), sys.executable, *words]
        process = subprocess.Popen(
            call, cwd=PROJECT, env={**os.environ, "TMPDIR": str(files), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            process.kill()
            process.wait()


def loads(mutant: Mutant) -> bool:
    return tried(["-c", f"import padctl.store.{mutant.module}"], mutant, 60) == 0


def tests(file: str) -> list[str]:
    return ["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", f"tests/{file}.py"]


def killer(mutant: Mutant, seconds: dict[str, float]) -> str:
    """Return the file of tests that kills a mutant; empty where it survives. `seconds` is what each file may take."""
    return next((file for file in TESTS[mutant.module] if tried(tests(file), mutant, seconds[file]) != 0), "")


def difference(mutant: Mutant) -> str:
    source = (STORE / f"{mutant.module}.py").read_text(encoding="utf-8")
    lines = difflib.unified_diff(source.splitlines(), mutant.text.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in islice(lines, 2, None))


def main() -> int:
    """Run all mutants or a sample of them; exit 1 where less than 90 % were killed."""
    asked = _arguments()
    modules = asked.modules.split(",") if asked.modules else list(TESTS)
    jobs = asked.jobs or os.cpu_count() or 1
    everything = [mutant for module in modules for mutant in mutants(module)]
    Random(asked.seed).shuffle(everything)
    seconds = {}
    for file in dict.fromkeys(file for module in modules for file in TESTS[module]):
        begun = time.monotonic()
        if tried(tests(file), None, 900) != 0:
            print(f"tests/{file}.py fails without a mutant")
            return 2
        seconds[file] = 30 + 4 * jobs * (time.monotonic() - begun)
    looked = 0
    chosen: list[Mutant] = []
    for mutant in everything:
        if asked.sample and len(chosen) == asked.sample:
            break
        looked += 1
        if loads(mutant):
            chosen.append(mutant)
    print(f"{len(everything):,} mutants; {looked - len(chosen):,} of {looked:,} do not load", flush=True)
    survivors, killed, total = [], Counter[str](), Counter(mutant.module for mutant in chosen)
    with ThreadPoolExecutor(jobs) as pool:
        for mutant, file in zip(chosen, pool.map(lambda mutant: killer(mutant, seconds), chosen), strict=True):
            killed[mutant.module] += bool(file)
            print(f"{mutant.module} {mutant.what}: {file or 'SURVIVED'}", flush=True)
            if not file:
                survivors.append(mutant)
    for mutant in sorted(survivors, key=lambda mutant: mutant.module):
        print(f"\n{mutant.module}, {mutant.what}\n{difference(mutant)}")
    for module in sorted(total):
        print(f"{module:12}{killed[module]:5} of {total[module]:5} killed")
    print(f"writer: {killed.total():,} of {total.total():,} mutants killed ({killed.total() / total.total():.1%})")
    return killed.total() < 0.9 * total.total()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.writer", description=__doc__)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--modules", default="")
    parser.add_argument("--jobs", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
