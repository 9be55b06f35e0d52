"""The state of a page: what can be chosen, the presets, and the values that belong to a choice."""
