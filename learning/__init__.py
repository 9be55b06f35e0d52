"""Runs in which a network learns: the pictures it learns from, how it is trained, and runs that were recorded."""
