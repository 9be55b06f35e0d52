"""What several kinds have in common: sentences about windows, and how their programs are put together."""
