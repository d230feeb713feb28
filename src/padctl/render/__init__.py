"""Frozen values in, text out: terminal, Markdown, JSON."""
