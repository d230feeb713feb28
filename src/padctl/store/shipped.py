"""Where the templates and the example lie that ship with padctl."""

from pathlib import Path


def shipped(name: str) -> Path:
    """Return a folder that ships with padctl: inside the installed package, else at the project's top."""
    packaged = Path(__file__).parent.parent / "_data" / name
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / name
