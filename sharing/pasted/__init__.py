"""Reads what a person pastes: layers as code, as printed or in a summary, and numbers. Nothing of it is run."""
