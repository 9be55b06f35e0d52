"""The blocks that do the job of one layer, each with what it costs."""

import streamlit as st

from engine import Job, LayerError
from engine.blocks import Block, blocks, takes_blocks
from pages.comparison_parts.layer_words import described, size_of
from pages.comparison_parts.numbers import times

TITLE = "**Blocks for the same job**: several layers in its place, with padding that keeps the size"
NEXT = ", "


def show_blocks(job: Job) -> None:
    """Show what blocks cost beside the one layer they stand for; nothing for a kernel that they are not made of."""
    if takes_blocks(job):
        st.markdown(TITLE)
        st.table(rows_of(job), hide_index=True)


def rows_of(job: Job) -> list[dict[str, str]]:
    """A row of counts for each block; those that cannot be made say why."""
    done = blocks(job)
    one = done[Block.ONE_LAYER]
    rows = []
    for block, built in done.items():
        if isinstance(built, LayerError) or isinstance(one, LayerError):
            rows.append({"block": block.value, "layers": str(built), "output": "", "parameters": "", "mult-adds": ""})
            continue
        ratio = "" if built is one else f" ({times(one.cost.macs / built.cost.macs, 'times fewer', 'times as many')})"
        rows.append(
            {
                "block": block.value,
                "layers": NEXT.join(map(described, built.layers)),
                "output": size_of(built.outputs),
                "parameters": f"{built.cost.params:,}",
                "mult-adds": f"{built.cost.macs:,}{ratio}",
            }
        )
    return rows
