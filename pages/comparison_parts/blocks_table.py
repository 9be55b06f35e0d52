"""The blocks that do the job of one layer, each with what it costs."""

import streamlit as st

from engine import Job, LayerError
from engine.blocks import Block, Built, blocks, takes_blocks
from pages.comparison_parts.layer_words import described, size_of
from pages.comparison_parts.numbers import times

TITLE = "**Blocks for the same job**: several layers in its place, with padding that keeps the size"
NEXT = ", "
BESIDE = " ({times})"
ENLARGING = (Block.TRANSPOSED, Block.UPSAMPLED)


def show_blocks(job: Job) -> None:
    """Show what blocks cost beside the one layer they stand for; nothing for a kernel that they are not made of."""
    if takes_blocks(job):
        st.markdown(TITLE)
        st.table(rows_of(job), hide_index=True)


def rows_of(job: Job) -> list[dict[str, str]]:
    """A row of counts for each block, with what it takes beside the first that makes the same; or why there is none.

    With a stride, the last two blocks enlarge by it; without one they are left out.
    """
    done = blocks(job)
    if job.stride in (1, (1, 1)):
        done = {block: built for block, built in done.items() if block not in ENLARGING}
    return [
        _row(block, built, done[Block.TRANSPOSED if block in ENLARGING else Block.ONE_LAYER])
        for block, built in done.items()
    ]


def _row(block: Block, built: Built | LayerError, base: Built | LayerError) -> dict[str, str]:
    if isinstance(built, LayerError):
        return {"block": block.value, "mult-adds": "", "parameters": "", "output": "", "layers": str(built)}
    beside = ""
    if built is not base and isinstance(base, Built):
        beside = BESIDE.format(times=times(base.cost.macs / built.cost.macs))
    return {
        "block": block.value,
        "mult-adds": f"{built.cost.macs:,}{beside}",
        "parameters": f"{built.cost.params:,}",
        "output": size_of(built.outputs),
        "layers": NEXT.join(map(described, built.layers)),
    }
