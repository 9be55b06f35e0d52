"""The one error the engine raises, shaped so that no message can leave out what a reader needs to go on."""


class LayerError(ValueError):
    """An impossible layer, or an array that does not belong to it, in one sentence.

    `parameter` is the argument at fault under its own name, `given` what the caller wrote, `rule` what it broke, and
    `suggestion` the nearest value that would do. `str(error)` puts the four into a sentence.

    >>> str(LayerError("stride", "0", "it must be a whole number of at least 1", "use 1"))
    'stride is 0, but it must be a whole number of at least 1: use 1.'
    """

    def __init__(self, parameter: str, given: str, rule: str, suggestion: str) -> None:
        """Keep the four parts; all of them go to ValueError, so that the error survives pickling."""
        super().__init__(parameter, given, rule, suggestion)
        self.parameter = parameter
        self.given = given
        self.rule = rule
        self.suggestion = suggestion

    def __str__(self) -> str:
        """Return the sentence."""
        return f"{self.parameter} is {self.given}, but {self.rule}: {self.suggestion}."
