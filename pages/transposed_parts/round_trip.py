"""There and back: the ordinary layer with a transposed one's numbers, and what the latter makes of its output."""

import streamlit as st

from engine import TransposedTrace, round_trip
from kinds.shared.program_text import squared, squared_sides
from pages.shared.maps import show_maps
from stage.model import largest
from stage.number_text import write_number

_HEADING = "The shape comes back, the values do not"
_RELATION = " Its matrix is the other's with rows and columns swapped, Cᵀ, and CᵀC is not the identity."


def explain_round_trip(trace: TransposedTrace) -> None:
    """Show the three maps of the way there and back, and how far apart the first and the last are."""
    trip = round_trip(trace)
    layer, channel = trip.layer, f", channel 0 of {len(trip.start)}" if len(trip.start) > 1 else ""
    sizes = [f"{one.shape[1]}×{one.shape[2]}" for one in (trip.start, trip.middle, trip.end)]
    sides = trace.layer.cropping
    amounts = {
        "kernel": squared(layer.kernel),
        "stride": squared(layer.strides),
        "padding": sides if squared_sides(sides) is None else squared_sides(sides),
        "dilation": squared(layer.dilations),
    }
    same = ", ".join(f"{name} {amount}" for name, amount in amounts.items())
    heading, relation = ("There and back", "") if trip.largest_difference is None else (_HEADING, _RELATION)
    st.markdown(
        f"**{heading}** An ordinary convolution with the same weights and numbers ({same}) makes {sizes[1]} of "
        f"{sizes[0]}, and this layer makes {sizes[2]} of that again.{relation}"
    )
    counted = f"0 to {min(9, trip.start.size - 1)}" + " again and again" * (trip.start.size > 10)
    names = f"{sizes[0]}, counted {counted}{channel}", f"after Conv2d: {sizes[1]}", f"after this layer: {sizes[2]}"
    maps = dict(zip(names, (one[0] for one in (trip.start, trip.middle, trip.end)), strict=True))
    show_maps(maps, {name: largest(values) for name, values in maps.items()})
    if trip.largest_difference is None:
        st.markdown(
            f"Here the shape does not come back either: output_padding {squared(trace.layer.output_paddings)} makes "
            "room for more windows than there were inputs."
        )
    else:
        difference = write_number(trip.largest_difference)
        st.markdown(f"The largest difference between the first map and the last is **{difference}**.")
