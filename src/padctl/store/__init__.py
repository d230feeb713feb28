"""Files and git: where a corpus is read from, and the one way in which anything is written."""
