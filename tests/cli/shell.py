"""padctl and git as processes of their own, with a pinned identity, on the example repository."""

import os
import subprocess
import sys
from pathlib import Path

IDENTITY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
for _role in ("AUTHOR", "COMMITTER"):
    IDENTITY |= {f"GIT_{_role}_NAME": "Pim Ott", f"GIT_{_role}_EMAIL": "pim@example.com"}
TODAY = "2026-11-24"


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "padctl", *words, "--today", TODAY]
    return subprocess.run(call, cwd=cwd, env=os.environ | IDENTITY, capture_output=True, text=True, check=False)


def git(*words: str, cwd: Path) -> str:
    done = subprocess.run(
        ["git", *words], cwd=cwd, env=os.environ | IDENTITY, capture_output=True, text=True, check=True
    )
    return done.stdout


def hook(repository: Path, name: str, script: str) -> Path:
    path = repository / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
