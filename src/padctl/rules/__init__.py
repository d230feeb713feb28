"""What a good PAD looks like: one rule a fault, one file a family.

Importing this package registers every rule; `padctl.rules.registry` looks them up.
"""

from padctl.rules import fields, file, lifecycle, references, sections, together  # noqa: F401  # registers the rules
