"""What a kind of layer hands to the rest of the program: one `KindSpec`, which its room exports as `SPEC`."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sharing.page_state import PageState

State = TypeVar("State", bound=PageState)


@dataclass(frozen=True)
class KindSpec(Generic[State]):
    """One kind of layer with a page of its own, whose address is `state.page` and whose file is pages/<state.page>.py.

    Pages are listed by `order`; `label` is the page's name in that list, and `title` its heading.
    """

    state: type[State]
    order: int
    label: str
    title: str

    @property
    def page(self) -> str:
        """The name of the kind's page, in links and as a file."""
        return self.state.page
