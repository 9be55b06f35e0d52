"""The arguments of a layer that was pasted, each asked for as what it has to be."""

from typing import Any

from sharing.pasted.calls import Call
from sharing.pasted.messages import PastedCode, refusal
from sharing.pasted.read_layer import Pair
from sharing.pasted.signatures import bound

_KERAS_ACTIVATIONS = {
    "relu", "relu6", "elu", "gelu", "silu", "sigmoid", "tanh", "softmax", "leaky_relu", "hard_sigmoid", "hard_silu",
    "swish", "hard_swish",
}  # fmt: skip
_OTHER_WORDS = {
    "leaky_relu": "leakyrelu",
    "hard_sigmoid": "hardsigmoid",
    "hard_silu": "hardswish",
    "hard_swish": "hardswish",
    "swish": "silu",
}
NO_CHANNELS = "The text does not say how many channels come in: the page takes {taken}."
BEFORE_ACTIVATION = "The page shows the layer before its activation, {activation}."
PADDING_MODES = ("zeros", "reflect", "replicate", "circular")


class Arguments:
    """The arguments of one layer under their names, asked for one by one; what is no value of theirs is refused."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.name, self.said = bound(call)

    def refuse(self, argument: str, code: PastedCode = PastedCode.VALUE_NOT_HERE, **places: Any) -> Exception:
        """What the layer is refused for: this argument as it is said."""
        said = str(self.said.get(argument, ""))
        return refusal(code, self.call.line, said, layer=self.call.name, argument=argument, **places)

    def number(self, argument: str, default: int | None = None) -> int:
        """A whole number that is not negative."""
        value = self.said.get(argument, default)
        if value is None:
            raise self.refuse(argument, PastedCode.ARGUMENT_MISSING)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
            raise self.refuse(argument)
        return value

    def numbers(self, argument: str, length: int, default: int | None = None) -> tuple[int, ...]:
        """A number for each of so many directions; one that is said alone is that of all."""
        value = self.said.get(argument)
        if value is None:
            value = default
        if value is None:
            raise self.refuse(argument, PastedCode.ARGUMENT_MISSING)
        parts = value if isinstance(value, tuple) else (value,) * length
        if len(parts) != length or not all(type(part) is int and 0 <= part < 10**9 for part in parts):
            raise self.refuse(argument)
        return parts

    def pair(self, argument: str, default: int | None = None, length: int = 2) -> Pair:
        """A number for rows and one for columns; of a sequence, whose one number is that of columns, rows count 1."""
        value = self.said.get(argument)
        if isinstance(value, tuple) and len(value) == 1:
            self.said[argument] = value[0]
        parts = self.numbers(argument, length, default)
        return (1, parts[0]) if length == 1 else (parts[0], parts[1])

    def size(self, argument: str, default: int | None = None, length: int = 2) -> Pair:
        """A pair of which neither number is 0: the stack has no word for what has no cells."""
        pair = self.pair(argument, default, length)
        if 0 in pair:
            raise self.refuse(argument)
        return pair

    def truth(self, argument: str, default: bool) -> bool:
        """True or False."""
        value = self.said.get(argument, default)
        if not isinstance(value, bool):
            raise self.refuse(argument)
        return value

    def word(self, argument: str, words: tuple[str, ...], default: str) -> str:
        """One of these words, in small letters."""
        value = self.said.get(argument, default)
        if not isinstance(value, str) or value.lower() not in words:
            raise self.refuse(argument)
        return value.lower()

    def only(self, **values: Any) -> None:
        """LayerError where an argument has another value than the one that can be shown."""
        for argument, value in values.items():
            if self.said.get(argument, value) not in (value, None):
                raise self.refuse(argument, PastedCode.ONLY_VALUE, only=value)


def keras_activation(arguments: Arguments) -> tuple[str, ...]:
    """Return the row of the activation that a Keras layer has within it."""
    said = arguments.said.get("activation")
    if said in (None, "linear"):
        return ()
    if not isinstance(said, str) or said not in _KERAS_ACTIVATIONS:
        raise arguments.refuse("activation")
    return (_OTHER_WORDS.get(said, said),)


def activation_left_out(arguments: Arguments) -> list[str]:
    """Return what a page leaves out of a Keras layer that has an activation within it, in a sentence."""
    return [BEFORE_ACTIVATION.format(activation=name) for name in keras_activation(arguments)]
