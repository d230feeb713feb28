"""Rules explained to people: one in full, all as a list, and the README's table."""

from collections.abc import Iterator, Sequence

from padctl.model.diagnostic import Severity
from padctl.render.console import Line, Piece, folded, line, table
from padctl.rules.registry import Rule

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def explanation(rule: Rule, *, width: int) -> Iterator[Line]:
    """Yield what a rule looks for, why it matters, and an example of each kind."""
    yield line(Piece(f"{rule.code} {rule.slug}", "bold"), f" ({rule.severity})")
    yield line()
    yield from folded(_prose(rule.what), width=width)
    yield line()
    yield from folded(_prose(rule.why), width=width, first="Why it matters: ", rest="")
    for name, example, style in (("Not so:", rule.bad, "red"), ("But so:", rule.good, "green")):
        yield line()
        yield line(name)
        for row in example.split("\n"):
            whole = row.startswith("`") and row.endswith("`") and row.count("`") == 2  # noqa: PLR2004  # one pair  # one code span
            yield line("    ", Piece(row[1:-1] if whole else row, style))


def rule_list(rules: Sequence[Rule], *, width: int) -> Iterator[Line]:
    """Yield one line a rule."""
    rows = [(rule.code, rule.slug, _prose(rule.what)) for rule in rules]
    yield from table(rows, width=width, styles=("bold", "", ""))
    yield line()
    yield line("padctl explain CODE tells why a rule matters and shows an example.")


def rule_table(rules: Sequence[Rule]) -> str:
    """Return the rules as a Markdown table."""
    rows = [f"| `{rule.code}` | `{rule.slug}` | {rule.severity} | {_prose(rule.what)} |" for rule in rules]
    return "\n".join(["| Code | Name | Severity | What it looks for |", "|---|---|---|---|", *rows]) + "\n"


def rule_data(rule: Rule) -> dict[str, str]:
    """Return a rule as plain data."""
    return {name: getattr(rule, name) for name in ("code", "slug", "severity", "what", "why", "bad", "good")}


def _prose(text: str) -> str:
    return " ".join(text.split())
