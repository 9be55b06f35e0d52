"""What the classes of the pictures are called, in English."""

from dataclasses import dataclass

from learning.data_sets import DataSet


@dataclass(frozen=True)
class ClassName:
    """What a class is called: `name` in a table, `one` where a picture of it is spoken of."""

    name: str
    one: str


CLASS_NAMES = {
    DataSet.DIGITS: tuple(ClassName(str(digit), f"an {digit}" if digit == 8 else f"a {digit}") for digit in range(10)),
    DataSet.CLOTHES: (
        ClassName("T-shirt", "a T-shirt"),
        ClassName("Trousers", "a pair of trousers"),
        ClassName("Pullover", "a pullover"),
        ClassName("Dress", "a dress"),
        ClassName("Coat", "a coat"),
        ClassName("Sandal", "a sandal"),
        ClassName("Shirt", "a shirt"),
        ClassName("Sneaker", "a sneaker"),
        ClassName("Bag", "a bag"),
        ClassName("Ankle boot", "an ankle boot"),
    ),
}
"""The names of every data set's ten classes, in the order of their numbers."""
