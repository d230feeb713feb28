"""What a good PAD looks like: one rule a fault, one file a family.

Importing this package registers every rule; `padctl.rules.registry` looks them up.
"""

# ruff: noqa: F401  # importing is what registers
from padctl.rules import (
    change,
    fields,
    file,
    follow_through,
    lifecycle,
    own_fields,
    people,
    practice,
    references,
    sections,
    suppressed,
    tables,
    together,
)
