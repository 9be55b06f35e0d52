"""Where the grids of a layer and of those that make its gradients stand: one by itself, or all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from kinds.gradients.state import GradientsView
from kinds.gradients.words import VIEW_LABELS
from stage.blocks import Block, of_layer
from stage.channels import LayerSizes, layer_blocks
from stage.scene import SCREENS, Scene
from stage.stamp_scene import Captions, Ruler, StampSizes, captioned_scene, stamps, together, worthwhile

PLAYED = (GradientsView.FORWARD, GradientsView.WEIGHT, GradientsView.INPUT)
"""The layers of the way there and back, in the order in which they play."""

SHAPES = (0.75, 1.5, 3.0, 6.0)
"""How many times as wide as high the room is that a layer may have beside the others, or under them."""


@dataclass(frozen=True, kw_only=True)
class CorrelationSizes(LayerSizes):
    """The grids of the correlation: no filter stands by itself, for each is the gradient of one of the maps."""

    @property
    def filters_apart(self) -> int:
        """How many filters stand by themselves."""
        return 0


@dataclass(frozen=True)
class AllSizes:
    """The grids of all layers, and the captions under those of the last one."""

    forward: LayerSizes
    correlation: CorrelationSizes
    stamped: StampSizes
    captions: Captions


@lru_cache(maxsize=256)
def arrange_stamps(sizes: StampSizes, captions: Captions) -> tuple[Scene, ...]:
    """The best scene for each of `SCREENS`, without repeats; all hold the same grids in the same order."""

    def arranged(ruler: Ruler) -> Sequence[Block]:
        return worthwhile(stamps(sizes, ruler, captions))

    return tuple(dict.fromkeys(captioned_scene(arranged, screen) for screen in SCREENS))


@lru_cache(maxsize=256)
def arrange_all(sizes: AllSizes) -> tuple[Scene, ...]:
    """The best scenes of all layers under their titles; all hold the same grids in the same order."""
    arranged = partial(_all_blocks, sizes)
    return tuple(dict.fromkeys(captioned_scene(arranged, screen) for screen in SCREENS))


@lru_cache(maxsize=64)
def _all_blocks(sizes: AllSizes, ruler: Ruler) -> tuple[Block, ...]:
    """Every arrangement that may be the best one on some screen."""
    layers = (
        _of_windows(sizes.forward, ruler.gap, ruler.label),
        _of_windows(sizes.correlation, ruler.gap, ruler.label),
        _best_for_shapes(list(stamps(sizes.stamped, ruler, sizes.captions))),
    )
    choices = [
        worthwhile(ruler.titled(of_layer(one, layer), VIEW_LABELS[view]) for one in blocks)
        for layer, (view, blocks) in enumerate(zip(PLAYED, layers, strict=True))
    ]
    return tuple(together(choices, 2 * ruler.gap))


@lru_cache(maxsize=64)
def _of_windows(sizes: LayerSizes, gap: int, label: float) -> tuple[Block, ...]:
    return _best_for_shapes(list(layer_blocks(sizes, gap, label)))


def _best_for_shapes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Of many blocks the few that have the largest cells in rooms of some shapes: all of three layers are too many."""
    best = {
        min(range(len(blocks)), key=lambda index: max(blocks[index].width, blocks[index].height * shape))
        for shape in SHAPES
    }
    return tuple(blocks[index] for index in sorted(best))
