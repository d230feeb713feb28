"""The command line: one thin file a command, one error boundary, the only place that reads the clock and prints."""
