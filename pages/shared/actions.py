"""The buttons at the end of a page's heading, and the dialogs they open."""

from pages.shared.components import show_toolbar
from pages.shared.share import Shared, page_address, share
from pages.shared.take_away import Taken, take_away
from sharing.fragment import read_fragment
from sharing.page_state import PageState
from stage.model import Stage


def show_actions(state: PageState, title: str, stage: Stage | None, sentence: str) -> None:
    """Show the buttons, and the dialog that was asked for; without a stage there is nothing to take away."""
    pressed = show_toolbar(f"{state.page}_actions")
    shared = Shared(page_address(), state, read_fragment(pressed.share or pressed.download or ""))
    if pressed.share:
        share(shared, title)
    elif pressed.download:
        take_away(None if stage is None else Taken(state, stage, title, sentence, shared))
