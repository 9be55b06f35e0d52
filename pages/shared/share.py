"""The dialog in which a moment of a computation is shared: links to copy, a QR code, a frame for a course page."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.shared.components import show_copy_field, show_qr_code
from sharing.link import LONGEST_QUERY, PRESENT, State, encode, encode_in_full
from sharing.page_state import PageState
from sharing.qr import LONGEST_ACROSS_A_ROOM, LONGEST_LINK, qr_png, qr_svg
from sharing.values import written_out

_LOCAL = {"localhost", "127.0.0.1", "::1"}
_FRAME_HEIGHT = 640


@dataclass(frozen=True)
class Shared:
    """What is shared: a page's address without a query, its state, and what its player shows, if it has one."""

    base: str
    state: State
    fragment: str = ""
    in_no_link: str = ""
    """What of the page no link holds, in a sentence."""

    @property
    def has_stage(self) -> bool:
        """Whether there is a stage on the page."""
        return isinstance(self.state, PageState)

    def _link(self, query: dict[str, str]) -> str:
        return f"{self.base}?{urlencode(query)}" + (f"#{self.fragment}" if self.fragment else "")

    def short(self, is_presented: bool) -> str:
        """The link that says what differs from the preset."""
        return self._link(encode(self.state) | _present(is_presented))

    def full(self, is_presented: bool) -> str:
        """The link that says everything, every number too, so that it owes nothing to the preset."""
        state = written_out(self.state) if isinstance(self.state, PageState) else self.state
        return self._link(encode_in_full(state) | _present(is_presented))

    def frame(self, title: str, theme: str) -> str:
        """HTML that shows the stage and the player alone in another page, or a page without a stage as it is."""
        link = self._link(encode(self.state) | {"embed": "true", "embed_options": f"{theme}_theme"})
        return (
            f'<iframe src="{escape(link)}" title="{escape(title)}" width="100%" height="{_FRAME_HEIGHT}" '
            'style="border: 0" loading="lazy" allowfullscreen></iframe>'
        )


def _present(is_presented: bool) -> dict[str, str]:
    return {PRESENT: "1"} if is_presented else {}


def page_address() -> str:
    """The address of this page as the browser has it, without a query."""
    return (st.context.url or "").split("?")[0].split("#")[0]


@st.dialog("Share this moment", width="large")
def share(shared: Shared, title: str) -> None:
    """Show all ways to share what the page and its player show."""
    warn_of_local(shared)
    if shared.in_no_link:
        st.info(shared.in_no_link)
    links, code = st.columns([3, 2], gap="medium")  # under each other on a phone
    with links:
        is_presented = st.toggle("Open it in presenter view", key="share_presented")
        link = shared.short(is_presented)
        _show_link("Link", link, "share_short", title)
        _show_link("Link in full, with every number in it", shared.full(is_presented), "share_full")
        theme = st.radio("Frame for a course page", ["light", "dark"], horizontal=True, key="share_theme")
        framed = "the stage and the player alone" if shared.has_stage else "this page, with its controls"
        _show_link(f"HTML: {framed}", shared.frame(title, theme), "share_frame")
    with code:
        _show_code(link)


def warn_of_local(shared: Shared) -> None:
    """Say so where the address that is given away leads nobody else here."""
    if urlsplit(shared.base).hostname in _LOCAL:
        st.info("This address works on this machine only. For others, open the page under this machine's own address.")


def _show_link(label: str, text: str, key: str, title: str = "") -> None:
    if len(text) > LONGEST_QUERY:
        st.info(f"{label}: it would have {len(text):,} characters, and a link holds {LONGEST_QUERY:,}.")
        return
    show_copy_field(label, text, key, title)


def _show_code(link: str) -> None:
    if len(link) > LONGEST_LINK:
        st.info(f"This link has {len(link):,} characters; a QR code holds {LONGEST_LINK:,}. Typed values are long.")
        return
    show_qr_code(qr_svg(link), "share_code")
    if len(link) > LONGEST_ACROSS_A_ROOM:
        st.caption("A long link makes small squares: let it fill the screen, and have it scanned from nearby.")
    st.download_button("Save as PNG", lambda: qr_png(link), "link.png", "image/png", on_click="ignore", width="stretch")
