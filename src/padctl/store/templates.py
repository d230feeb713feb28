"""Where templates and the example lie: a repository's own win by name over the ones that ship with padctl."""

import posixpath
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from padctl.model.corpus import Page
from padctl.model.diagnostic import Fault
from padctl.model.document import read_document
from padctl.model.template import Template, read_template
from padctl.store.shipped import shipped
from padctl.store.trees import Tree

_PAD_TEMPLATES = "pad"


@cache
def shipped_templates() -> Mapping[str, Template]:
    """Read the PAD templates that ship with padctl, by name; once a run, they are part of the program."""
    templates: dict[str, Template] = {}
    for page in sorted((shipped("templates") / _PAD_TEMPLATES).glob("*.md")):
        template, _ = read_template(read_document(page.read_bytes(), path=f"{_PAD_TEMPLATES}/{page.name}"))
        if template:
            templates[page.stem] = template
    return MappingProxyType(templates)


def load_templates(tree: Tree, folder: str) -> tuple[dict[str, Template], tuple[Page, ...]]:
    """Read the PAD templates by name, and the repository's own pages with their faults.

    A repository's page hides the shipped one of its name even where it is faulty: a PAD must not silently be judged
    by another frame than its organisation's.
    """
    templates = dict(shipped_templates())
    pages: list[Page] = []
    for path in tree.markdown(folder):
        document = tree.document(path)
        template, faults = read_template(document)
        stem = posixpath.basename(path).removesuffix(".md")
        if template and template.name != stem:
            message = f'the page is named "{stem}" and says `template: {template.name}`'
            offset = document.offset_of(("template",))
            fix = f"write `template: {stem}`"
            faults, template = (Fault(slug="invalid-template", offset=offset, message=message, fix=fix),), None
        pages.append(Page(document=document, faults=faults))
        templates.pop(stem, None)
        if template:
            templates[stem] = template
    return templates, tuple(pages)


def report_folders(root: Path, folder: str) -> tuple[Path, ...]:
    """Return the folders in which report templates are looked up, the repository's own first."""
    return (root / folder, shipped("templates"))
