"""PC508 to PC519: what was promised is kept: milestones, recaps, verdicts, answers, and the approved text."""

from collections.abc import Iterator
from datetime import timedelta

from padctl.model.approval import edited_approvals
from padctl.model.diagnostic import Severity
from padctl.model.pad import Pad
from padctl.model.terms import CLOSED, Stage, Stance, Status
from padctl.model.wording import heading_key
from padctl.rules.practice import day_of, reached, start
from padctl.rules.registry import Context, Finding, rule


def _at(pad: Pad, offset: int, message: str, fix: str) -> Finding:
    return Finding(document=pad.document, offset=offset, message=message, fix=fix)


@rule("PC508", "milestone-passed", Severity.WARNING)
def milestone_passed(pad: Pad, context: Context) -> Iterator[Finding]:
    """A milestone lies in the past while the PAD is not launched.

    Why: everybody who planned by this date plans wrongly.

    Bad: `| general availability | 2026-10-01 |` in a PAD that is still being built in November

    Good: the new date
    """
    if pad.status in CLOSED or pad.stage is Stage.POST_LAUNCH_RECAP or not (pad.header and pad.header.launched is None):
        return
    for placed in reached(pad, context, "milestone", "date"):
        cells = placed.cells("Date")
        dates = [day for cell in cells if (day := day_of(cell.text))]
        if len(dates) < len(cells) or not dates or max(dates) >= context.today:
            continue  # a date in words may be the last one
        last = cells[dates.index(max(dates))]
        message = f"the last milestone, {max(dates)}, has passed"
        yield _at(pad, last.start, message, f"move the date, or padctl launch {pad.id}")


@rule("PC509", "recap-overdue", Severity.WARNING)
def recap_overdue(pad: Pad, context: Context) -> Iterator[Finding]:
    """The recap of a launched PAD is overdue.

    Why: metrics are easy to write and easy to forget; without the recap nobody learns whether it worked.

    Bad: launched in July, and no recap submitted by November

    Good: `padctl submit PAD-0007 --meeting 2026-11-26` with the recap written
    """
    header = pad.header
    if header is None or header.launched is None or header.status in {*CLOSED, Status.IN_REVIEW}:
        return
    due_day = context.corpus.settings.recap_due(header.launched)
    if due_day < context.today:
        offset = pad.document.offset_of(("launched",))
        message = f"launched on {header.launched}; the recap was due on {due_day}"
        yield _at(pad, offset, message, f"write the recap, then padctl submit {header.id} --meeting DATE")


@rule("PC510", "metric-without-verdict", Severity.WARNING)
def metric_without_verdict(pad: Pad, context: Context) -> Iterator[Finding]:
    """A success metric has no row in the recap.

    Why: the metric that is left out is the one that people should hear about.

    Bad: two metrics at the start, one in the recap

    Good: both, the second with the verdict "not measured"
    """
    for placed in reached(pad, context, "metric", "actual", "verdict"):
        answered = {heading_key(cell.text) for cell in placed.cells("Metric")}
        framed = reached(pad, context, "metric", "baseline", "target")
        for metric in [cell.text for table in framed for cell in table.cells("Metric")]:
            if heading_key(metric) not in answered:
                fix = "add its row; the verdict may be `not measured`"
                yield _at(pad, start(placed), f'the metric "{metric}" has no verdict', fix)


@rule("PC511", "feedback-unanswered", Severity.WARNING, about="feedback")
def feedback_unanswered(pad: Pad, context: Context) -> Iterator[Finding]:
    """A reviewer's concern or question waits longer than the days that the settings give.

    Why: people stop reviewing when nobody answers.

    Bad: a concern of three weeks ago without `resolved`

    Good: `resolved: 2026-11-20` once it is answered
    """
    days = timedelta(days=context.corpus.settings.feedback.days)
    for position, feedback in enumerate(pad.header.feedback if pad.header and pad.header.status not in CLOSED else ()):
        if feedback.stance is not Stance.SUPPORT and not feedback.resolved and feedback.date + days < context.today:
            message = f"the {feedback.stance} of {feedback.by} of {feedback.date} is not answered"
            offset = pad.document.offset_of(("feedback", position))
            fix = f"answer it in the text, then record that\npadctl feedback {pad.id} --resolve {position + 1}"
            yield _at(pad, offset, message, fix)


@rule("PC512", "approved-text-edited", Severity.INFO, about="history")
def approved_text_edited(pad: Pad, context: Context) -> Iterator[Finding]:
    """A stage's text was edited after it was approved.

    Why: "approved" means a text; people who decided should know when it says something else.

    Bad: a fourth metric added a week after the approval

    Good: the change told to the sponsors, or the stage submitted again
    """
    for stage, entry in edited_approvals(pad, context.others.earlier_ids):
        heading = pad.stage_heading(stage)
        message = f"the text of {stage.label} was edited after its approval on {entry.date}"
        offset = heading.start if heading else pad.document.body_start
        yield _at(pad, offset, message, "tell the sponsors what changed")
