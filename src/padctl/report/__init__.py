"""Views: pure functions from the corpus and today to frozen values that renderers turn into text."""
