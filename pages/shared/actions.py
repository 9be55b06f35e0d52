"""The buttons at the end of a page's heading, and the dialogs they open."""

from pages.shared.components import show_toolbar
from pages.shared.share import Shared, page_address, share
from sharing.link import State
from sharing.moment import read_moment


def show_actions(state: State, title: str) -> None:
    """Show the buttons, and the dialog that was asked for."""
    key = f"{state.page}_actions"
    pressed = show_toolbar(key, lambda: None, lambda: None)
    if pressed.share:
        share(Shared(page_address(), state, read_moment(pressed.share)), title)
