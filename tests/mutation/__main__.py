"""Change the code in small ways and ask whether a test fails: `python -m tests.mutation --sample 150 --seed 1`.

The last commit is cloned into a temporary folder, with an environment of its own. What is changed there: the readers of
front matter and the escaping, by mutmut as pyproject.toml says; the writer, by the operators of cosmic-ray.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

PROJECT = Path(__file__).parents[2]
ENOUGH = 0.9


def main() -> int:
    """Run both parts, or one; exit 1 where less than 90 % of the mutants of one were killed."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="padctl-mutation-") as name:
        clone, tools = Path(name, "padctl"), Path(name, "venv/bin")
        subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(clone)], check=True)
        venv.create(tools.parent, with_pip=True)
        pip = [tools / "python", "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "-e", f"{clone}[dev,mutation]"], check=True)
        codes = [_reader(clone, tools)] if asked.only != "writer" else []
        if asked.only != "reader":
            words = [f"--{key}={value}" for key, value in vars(asked).items() if value and key != "only"]
            call = [tools / "python", "-m", "tests.mutation.writer", *words]
            codes.append(subprocess.run(call, cwd=clone, check=False).returncode)
    return max(codes)


def _reader(clone: Path, tools: Path) -> int:
    """Let mutmut run, and print the difference that each mutant makes that survived."""
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}

    def mutmut(*words: str) -> str:
        call = [tools / "mutmut", *words]
        return subprocess.run(call, cwd=clone, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    mutmut("run")
    results = mutmut("results", "--all", "true").splitlines()
    found = [line.strip().rpartition(": ")[::2] for line in results if ": " in line]
    survivors = [mutant for mutant, result in found if result in {"survived", "no tests"}]
    for mutant in survivors:
        print(mutmut("show", mutant), flush=True)
    share = 1 - len(survivors) / len(found)
    print(f"readers and escaping: {len(found) - len(survivors):,} of {len(found):,} mutants killed ({share:.1%})")
    return int(share < ENOUGH)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--only", choices=["reader", "writer"], help="one of the two parts")
    parser.add_argument("--sample", type=int, help="so many of the writer's mutants (all)")
    parser.add_argument("--seed", type=int, help="which ones (1)")
    parser.add_argument("--modules", metavar="NAMES", help="of these modules of the writer, such as kept,journal (all)")
    parser.add_argument("--jobs", type=int, help="mutants of the writer at a time (one a core)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
