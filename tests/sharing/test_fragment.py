"""What the player writes into an address is read with care."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharing.fragment import read_fragment

ALL = "step=7&grain=tap&speed=0.5&loop=1&pin=output.0.3&predict=sum"


@pytest.mark.parametrize(
    ("fragment", "read"),
    [
        ("", ""),
        ("#", ""),
        ("#step=7", "step=7"),
        (f"#{ALL}", ALL),
        ("#pin=middle.1.12.1&grain=stamp", "grain=stamp&pin=middle.1.12.1"),
        ("#step=0&grain=<b>&speed=fast&loop=2&pin=x&predict=luck", ""),
        ("#step=9999999999", ""),
        ("#other=1&step", ""),
    ],
)  # fmt: skip
def test_what_has_not_its_exact_form_is_left_out(fragment: str, read: str) -> None:
    assert read_fragment(fragment) == read


@given(st.text(max_size=400))
def test_whatever_a_fragment_says_what_is_read_of_it_can_be_written_anywhere(fragment: str) -> None:
    read = read_fragment(fragment)
    assert re.fullmatch(r"[a-z0-9_.=&]*", read)
    assert read_fragment(read) == read
