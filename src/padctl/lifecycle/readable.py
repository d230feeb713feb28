"""What a move must be able to read in a PAD; no override passes this."""

from padctl.errors import Reason, Refused
from padctl.model.edit import Value
from padctl.model.front_matter import FrontMatter
from padctl.model.pad import Pad
from padctl.model.template import Template


def readable(pad: Pad) -> tuple[FrontMatter, Template]:
    """Return what a move needs to understand."""
    faults = [fault.message for fault in pad.document.faults if fault.slug != "hidden-character"]
    faults += [violation.message for violation in pad.violations]
    if pad.template is None and not faults:
        faults.append("its template cannot be read")
    elif pad.header and pad.template and pad.header.stage not in pad.template.stages:
        faults.append(f"the template has no stage {pad.header.stage}")
    if pad.header is None or pad.template is None or faults:
        fix = f"padctl lint {pad.path}"
        raise Refused(f"{pad.path}: the document cannot be read", [Reason(message=text, fix=fix) for text in faults])
    return pad.header, pad.template


def raw_list(pad: Pad, key: str) -> list[Value]:
    """Return a list of the front matter as it is written, so that an edit only adds to it."""
    value = pad.document.values.get(key)
    return list(value) if isinstance(value, list) else []  # type: ignore[arg-type]  # text is a Value
