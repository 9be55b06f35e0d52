"""What a kind of layer hands to the rest of the program: one `KindSpec`, which its room exports as `SPEC`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from kinds.shared.control_rows import ControlRows
from kinds.shared.torch_call import Check
from sharing.page_state import PageState
from sharing.values import Operands, operands
from stage.model import Stage

State = TypeVar("State", bound=PageState)
Record = TypeVar("Record")


@dataclass(frozen=True, kw_only=True)
class KindSpec(Generic[State, Record]):
    """One kind of layer with a page of its own, whose address is `state.page` and whose file is pages/<state.page>.py.

    `Record` is what the engine records of such a layer: a trace, or several.
    """

    state: type[State]
    order: int  # among the pages
    label: str  # in the list of pages
    title: str  # over the page
    control_rows: ControlRows  # the state's fields that can be chosen, a row of controls beside each other at a time
    control_labels: Mapping[str, str] = field(default_factory=dict)  # of the fields that other kinds have not
    option_labels: Mapping[StrEnum, str] = field(default_factory=dict)  # of the options of those fields
    views: Mapping[Any, str] = field(default_factory=dict)  # the options of the state's `view` and their labels
    dimensions: int = 2
    torch_class: str = ""  # what PyTorch calls such a layer, where that is not the name of the engine's class

    play: Callable[[State], tuple[Record, Stage]]  # LayerError where there is no layer
    summary: Callable[[Record], str]  # what a layer does, in one sentence
    plain_size_text: Callable[[Record], list[str]]  # paragraphs: the output size in the layer's own numbers
    in_short: Callable[[State], str]  # kernel, stride, padding and what else it has, in a line
    size_text: Callable[[Record | None], list[str]]  # paragraphs: the general formula; of None, without numbers
    cost_sentence: Callable[[State], str] | None = None

    numbers: Callable[[State], Operands] = operands  # what a program of a state is given
    torch_code: Callable[[Any, Operands], tuple[str, ...]]  # the parts of a program, of the layer and its numbers
    keras_code: Callable[[Any, Operands], tuple[str, ...]]
    onnx_code: Callable[[Any, Operands], tuple[str, ...]] | None = None  # None: ONNX does not say what the layer does
    check: Callable[[Record], Check]  # the same through PyTorch

    @property
    def page(self) -> str:
        """The name of the kind's page, in links and as a file."""
        return self.state.page
