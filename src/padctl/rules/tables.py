"""PC206, PC207, PC210 and PC211: tables have the template's columns, rows, and no blank cells."""

from collections.abc import Iterator

from padctl.model.diagnostic import Severity
from padctl.model.pad import Pad
from padctl.model.terms import SIZES, VERDICTS, suggestion
from padctl.model.wording import heading_key
from padctl.rules.registry import Context, Finding, rule
from padctl.rules.sections import at, due_sections

_VOCABULARY = {"complexity": SIZES, "verdict": VERDICTS}


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
    for placed, severity in due_sections(pad, context):
        if not placed.heading or not placed.section.columns or not placed.filled or placed.skipped:
            continue
        row = "| " + " | ".join(placed.section.columns) + " |"
        table = placed.table
        if table is None:
            message = f'"{placed.section.name}" holds no table'
            yield at(pad, placed.heading, message, f"add a table with the columns `{row}`", severity)
            continue
        optional = placed.section.optional_columns
        missing = [n for n in placed.section.columns if table.column(n) is None and heading_key(n) not in optional]
        if missing:
            named = " and ".join(f'"{name}"' for name in missing)
            plural = "s" if len(missing) > 1 else ""
            message = f'the table of "{placed.section.name}" lacks the column{plural} {named}'
            yield Finding(
                document=pad.document, offset=table.start, message=message, fix=f"columns: `{row}`", severity=severity
            )


@rule("PC207", "empty-cell")
def empty_cell(pad: Pad, context: Context) -> Iterator[Finding]:
    """A cell of a required column is blank or a placeholder.

    Why: a metric without its target, or a risk without its mitigation, is the gap that the meeting is there to find.

    Bad: `| Teams that plan weekly | 18% | | |`

    Good: `| Teams that plan weekly | 18% | 30% | 2027-03-31 |`
    """
    for placed, severity in due_sections(pad, context):
        table = placed.table
        if table is None or not placed.heading:
            continue
        for row in table.rows:
            if not any(cell.filled for cell in row):
                continue
            for name in placed.section.columns:
                index = table.column(name)
                if index is None or heading_key(name) in placed.section.optional_columns or row[index].filled:
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
    for placed, _severity in due_sections(pad, context):
        table = placed.table
        if (
            placed.heading
            and placed.filled
            and not placed.skipped
            and table
            and placed.section.columns
            and not placed.rows()
        ):
            message = f'the table of "{placed.section.name}" has no rows'
            yield Finding(document=pad.document, offset=table.start, message=message, fix="add at least one row")


@rule("PC211", "unknown-cell-value", Severity.WARNING)
def unknown_cell_value(pad: Pad, context: Context) -> Iterator[Finding]:
    """A complexity is no T-shirt size, or a verdict none of the four.

    Why: directions are compared by size, and the quarter's success is counted by verdict.

    Bad: `| Gallery in the app | L | huge |`

    Good: `| Gallery in the app | L | XL |`
    """
    for placed, _severity in due_sections(pad, context):
        table = placed.table
        if table is None:
            continue
        for name, words in _VOCABULARY.items():
            index = table.column(name) if name in map(heading_key, placed.section.columns) else None
            for row in table.rows if index is not None else ():
                cell = row[index or 0]
                if cell.filled and cell.text.casefold() not in {word.casefold() for word in words}:
                    message = f'"{cell.text}" is not one of {", ".join(words)}{suggestion(cell.text, words)}'
                    yield Finding(
                        document=pad.document, offset=cell.start, message=message, fix="use one of these words"
                    )
