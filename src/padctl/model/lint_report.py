"""What lint found in a repository, and what is left of it beside what is known or not asked for."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from padctl.model.baseline import Identity, Ids, beyond
from padctl.model.diagnostic import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class LintReport:
    """The findings in their order; `documents` counts the files that were looked at, `ids` names the PADs among them.

    `hidden` counts the known findings left out; findings of codes that start with a word of `unhidden` never are.
    `frames` are the paths of the repository's own templates among the files that were looked at.
    """

    diagnostics: tuple[Diagnostic, ...]
    documents: int
    ids: Ids = field(default_factory=dict)
    hidden: int = 0
    unhidden: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()

    def errors_only(self) -> "LintReport":
        """Return the report without warnings and notes."""
        errors = tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)
        return replace(self, diagnostics=errors)

    def of_codes(self, codes: Container[str]) -> "LintReport":
        """Return the report without findings of other codes."""
        return replace(self, diagnostics=tuple(found for found in self.diagnostics if found.code in codes))

    def beyond(self, known: Mapping[Identity, int]) -> "LintReport":
        """Return the report without the known findings, which are counted as hidden."""
        if self.unhidden:
            known = {key: number for key, number in known.items() if not key[1].startswith(self.unhidden)}
        left = beyond(self.diagnostics, known, self.ids)
        return replace(self, diagnostics=left, hidden=self.hidden + len(self.diagnostics) - len(left))

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)
