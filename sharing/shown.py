"""A text that somebody else wrote, made fit to stand in a sentence."""

_LONGEST = 60


def shown(text: str) -> str:
    """Return a text on one line, cut where it is long; what does not print (direction marks, too) becomes a mark.

    >>> shown("conv 1 \\u202e3"), len(shown("A" * 58_000))
    ('conv 1 �3', 61)
    """
    printable = "".join(character if character.isprintable() else "\ufffd" for character in text[: _LONGEST + 1])
    return printable if len(printable) <= _LONGEST else printable[:_LONGEST] + "…"
