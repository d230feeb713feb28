"""PC206, PC207, PC210 and PC211: tables have the template's columns, rows, and no blank cells."""

from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.pad import Pad, Placed
from padctl.model.terms import SIZES, VERDICTS, suggestion
from padctl.rules.registry import Context, Finding, gaps, rule
from padctl.rules.sections import at

_VOCABULARY = {"complexity": SIZES, "verdict": VERDICTS}
_FOLDED = {name: frozenset(word.casefold() for word in words) for name, words in _VOCABULARY.items()}


def _due_tables(pad: Pad, context: Context) -> Iterator[tuple[Placed, Severity]]:
    """Yield the due sections that are there and for which the template shows a table, with how bad a gap is."""
    severities = gaps(pad, context)
    for placed in pad.due_tables:
        if severity := severities.get(placed.section.stage):
            yield placed, severity


@rule("PC206", "missing-column")
def missing_column(pad: Pad, context: Context) -> Iterator[Finding]:
    """A section that the template shows with a table has no table, or one without its columns.

    Why: figures are written once, in this table; the recap, the agenda and the reports read them there.

    Bad:
        | Metric | Target |
        |---|---|

    Good:
        | Metric | Baseline | Target | By |
        |---|---|---|---|
    """
    for placed, severity in _due_tables(pad, context):
        if not placed.heading or not placed.filled or placed.skipped:
            continue
        table = placed.table
        if table is None:
            message = f'"{placed.section.name}" holds no table'
            fix = f"add a table with the columns `{_header_row(placed)}`"
            yield at(pad, placed.heading, message, fix, severity)
        elif not placed.section.required_keys.issubset(table.keys):
            missing = [name for name in placed.section.required_columns if table.column(name) is None]
            named = " and ".join(f'"{name}"' for name in missing)
            plural = "s" if len(missing) > 1 else ""
            message = f'the table of "{placed.section.name}" lacks the column{plural} {named}'
            fix = f"give it the columns `{_header_row(placed)}`"
            yield Finding(document=pad.document, offset=table.start, message=message, fix=fix, severity=severity)


def _header_row(placed: Placed) -> str:
    return "| " + " | ".join(placed.section.columns) + " |"


@rule("PC207", "empty-cell")
def empty_cell(pad: Pad, context: Context) -> Iterator[Finding]:
    """A cell of a required column is blank or a placeholder.

    Why: a metric without its target, or a risk without its mitigation, is the gap that the meeting is there to find.

    Bad: `| Teams that plan weekly | 18% | | |`

    Good: `| Teams that plan weekly | 18% | 30% | 2027-03-31 |`
    """
    for placed, severity in _due_tables(pad, context):
        table = placed.table
        for row in table.rows if table else ():
            filled = [cell.filled for cell in row]
            if all(filled) or not any(filled):
                continue
            for name in placed.section.required_columns:
                index = table.column(name) if table else None
                if index is None or filled[index]:
                    continue
                message = f'"{name}" is blank in the table of "{placed.section.name}"'
                offset = row[index].start
                yield Finding(
                    document=pad.document, offset=offset, message=message, fix="fill the cell", severity=severity
                )


@rule("PC210", "table-without-rows", Severity.WARNING)
def table_without_rows(pad: Pad, context: Context) -> Iterator[Finding]:
    """A section answers in prose while the table that the template shows stays empty.

    Why: reports read the table; what is only in prose is missing from the recap.

    Bad: "We expect more weekly planning." above an empty table of metrics

    Good: the same sentence above `| Teams that plan weekly | 18% | 30% | 2027-03-31 |`
    """
    for placed, _severity in _due_tables(pad, context):
        table = placed.table
        if table and placed.filled and not placed.skipped and not table.says_anything:
            message = f'the table of "{placed.section.name}" has no rows'
            yield Finding(document=pad.document, offset=table.start, message=message, fix="add at least one row")


@rule("PC211", "unknown-cell-value", Severity.WARNING)
def unknown_cell_value(pad: Pad, context: Context) -> Iterator[Finding]:
    """A complexity is no T-shirt size, or a verdict none of the four.

    Why: directions are compared by size, and the quarter's success is counted by verdict.

    Bad: `| Gallery in the app | L | huge |`

    Good: `| Gallery in the app | L | XL |`
    """
    for placed, _severity in _due_tables(pad, context):
        for name, words in _VOCABULARY.items():
            for cell in placed.cells(name) if name in placed.section.column_keys else ():
                if cell.text.casefold() not in _FOLDED[name]:
                    message = f'"{cell.text}" is not one of {", ".join(words)}{suggestion(cell.text, words)}'
                    yield Finding(
                        document=pad.document, offset=cell.start, message=message, fix="use one of these words"
                    )
