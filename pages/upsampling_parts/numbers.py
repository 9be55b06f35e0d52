"""The numbers behind the pictures: sums by phase, taps, and the pixel that is looked at, for each way."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from engine import TransposedUpsampling
from engine.messages import fill
from pages.shared.enlarging import Enlargement
from pages.shared.labels import option_label
from pages.shared.maps import show_maps
from pages.upsampling_parts.pictures import pixel_of
from pages.upsampling_parts.stages import stage_link
from pages.upsampling_parts.words import TEMPLATES, sums_title
from sharing.upsampling import UpsamplingState
from stage.model import largest
from stage.number_text import write_number


def show_numbers(state: UpsamplingState, found: Sequence[Enlargement]) -> None:
    """Show for each way its sums of weights and its taps, all of one colour scale, and a pixel with its stage."""
    st.markdown(fill(TEMPLATES["phases"], {"period": state.stride**state.layers}))
    most = largest(*(one.sums for one in found)), largest(*(one.taps for one in found))
    for place, one in zip(st.columns(len(found)), found, strict=True):
        with place:
            st.markdown(f"**{option_label(one.way, state.page)}**")
            sums = sums_title(one.way)
            show_maps({sums: one.sums.round(9)}, {sums: most[0]})
            taps = TEMPLATES["taps.last" if state.layers > 1 else "taps"]
            show_maps({taps: one.taps.round(9)}, {taps: most[1]})
            _show_pixel(state, one)
    st.caption(TEMPLATES["point"])


def _show_pixel(state: UpsamplingState, one: Enlargement) -> None:
    row, column = pixel_of(state, one)
    value = write_number(float(f"{one.result[row, column]:.6g}"))
    st.markdown(fill(TEMPLATES["pixel"], {"row": row, "column": column, "value": value}))
    link = stage_link(one, row, column)
    if link is not None:
        is_stamped = isinstance(one.layers[-1], TransposedUpsampling)
        label = TEMPLATES["play.transposed" if is_stamped else "play.window"]
        st.html(f'<a href="{escape(link)}" target="_self">{escape(label)}</a>')
