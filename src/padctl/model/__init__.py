"""Plain values: no input or output, no printing, no clock."""
