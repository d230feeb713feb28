"""`padctl explain`: what a rule looks for and why."""

from typing import Annotated, Literal

import typer

from padctl.cli.options import Output
from padctl.cli.session import Session
from padctl.errors import UsageError

app = typer.Typer(add_completion=False)


@app.command(epilog="Example: padctl explain PC202")
def explain(
    ctx: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="A rule's code or name; else all are listed.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Explain every rule in full.")] = False,
    format: Annotated[Literal["text", "json", "md"], typer.Option(help="How to show it.")] = "text",
    output: Output = None,
) -> None:
    """Explain a rule of lint.

    What it looks for, why it matters in the meeting, and an example of each kind.
    """
    from padctl.render.console import line
    from padctl.render.explanation import explanation, rule_data, rule_list, rule_table
    from padctl.render.machine import to_json
    from padctl.rules.registry import all_rules, find_rule

    session = Session.of(ctx)
    if code and every:
        raise UsageError("CODE and --all exclude each other", fix="leave one of them out")
    rules = [find_rule(code)] if code else all_rules()
    if format == "json":
        session.write(to_json("explain", [rule_data(rule) for rule in rules]), output)
    elif format == "md":
        session.write(rule_table(rules), output)
    elif code or every:
        texts = (explanation(rule, width=session.width) for rule in rules)
        session.show([row for text in texts for row in (*text, line())][:-1], output)
    else:
        session.show(rule_list(rules, width=session.width), output)
