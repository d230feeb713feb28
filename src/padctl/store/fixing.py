"""Safe edits of many PADs: found with lint's own judgement, written under the lock, never committed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from padctl.errors import PadctlError, Refused, RepositoryError, UsageError
from padctl.fix import Fill, Fix, Surroundings, fix
from padctl.lint import lint
from padctl.model.baseline import Identity, beyond
from padctl.model.diagnostic import Diagnostic
from padctl.model.links import relative_targets
from padctl.model.pad import Pad
from padctl.rules.registry import all_rules
from padctl.store.files import read_regular
from padctl.store.workspace import Workspace
from padctl.store.writer import locked_around, replace_file


def find_fixes(
    workspace: Workspace,
    pads: Sequence[Pad],
    *,
    today: date,
    known: Mapping[Identity, int],
    fill: Fill,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> tuple[Fix, ...]:
    """Return the fixes of PADs, in their order, of those where something can be mended or stands against it.

    Only findings that are not `known` count. `fill` gives a PAD's template with the PAD's values in it; `select` and
    `ignore` hold codes, prefixes of codes, or slugs.
    """
    corpus = workspace.corpus
    codes = {
        rule.code
        for rule in all_rules()
        if not select or any(map(rule.named_by, select))
        if not any(map(rule.named_by, ignore))
    }

    def judge(pad: Pad) -> Sequence[Diagnostic]:
        return lint(corpus, today=today, pads=[pad], pages=[]).diagnostics

    def asked(found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        return [one for one in beyond(found, known, corpus.ids) if one.code in codes]

    targets = (target for pad in corpus.pads for target in relative_targets(pad.document))
    linked = frozenset(anchor.lower() for _, _, anchor in targets if anchor)
    around = Surroundings(templates=corpus.templates, judge=judge, asked=asked, fill=fill, linked=linked)
    return tuple(found for found in (fix(pad, around) for pad in pads) if found.edits or found.obstacle)


def write_fixes(root: Path, fixes: Sequence[Fix]) -> Iterator[tuple[Fix, PadctlError | None]]:
    """Write the edited documents and yield each with what stood against it, None where it is written.

    A file that changed since it was read is left alone, and one that cannot be written keeps no other from it.

    Raises:
        RepositoryError: another writer holds the lock.
    """
    with locked_around(root) as aside:
        for found in fixes:
            old, obstacle = found.before.encoded(), None
            try:
                if _bytes(root, found.before.path) != old:
                    raise Refused("it changed in the meantime", [])
                replace_file(root / found.before.path, found.after.encoded(), old=old, aside=aside)
            except (Refused, RepositoryError) as error:
                obstacle = error
            yield found, obstacle


def _bytes(root: Path, path: str) -> bytes | None:
    try:
        return read_regular(root, path)
    except (OSError, UsageError):
        return None
