"""padctl keeps a company's product alignment alive in a git repository."""

__version__ = "0.1.0"
