"""Where a document's links lead, and where links can lead to in it."""

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from padctl.model.document import Document

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def relative_targets(document: Document) -> Iterator[tuple[int, str, str]]:
    """Yield the links of a document that point into the repository: offset, path from the root, anchor.

    The path is empty for an anchor of the same page. Links with a scheme, a host or a leading slash are others'
    business.
    """
    links = [(link.start, link.target) for link in document.body.links]
    declared = document.values.get("links")
    for name, target in declared.items() if isinstance(declared, dict) else ():
        if isinstance(target, str):
            links.append((document.offset_of(("links", name)), target))
    for offset, target in links:
        if not target or target.startswith("/") or _SCHEME.match(target):
            continue
        path, _, anchor = target.partition("#")
        path = unquote(path.partition("?")[0])
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), path)) if path else ""
        yield offset, joined, unquote(anchor)


def anchors(document: Document) -> frozenset[str]:
    """Return the anchors of a document: ids of raw HTML, and headings as GitHub and GitLab make them."""
    seen: Counter[str] = Counter()
    found: set[str] = {anchor.lower() for anchor in document.body.anchors}
    for text in (*(heading.text for heading in document.body.headings), *document.body.inner_headings):
        kept = (c for c in text.lower() if c in "-_ " or unicodedata.category(c)[0] in "LNM")
        slug = "".join(kept).replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return frozenset(found)
