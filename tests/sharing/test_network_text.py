"""Whole networks as stacks: the same layers and counts, and the published ones of other widths and resolutions."""

import pytest

from engine.networks import NetworkName, network
from sharing.network_text import network_text
from sharing.stack_text import StackRow, run_stack

Counts = tuple[int, int, tuple[int, int, int]]


def stacked(name: NetworkName, width: float = 1.0, side: int | None = None) -> tuple[StackRow, ...]:
    channels, *size = network(name).rows[0].applied.inputs
    rows = run_stack(network_text(network(name), width), (channels, *([side] * 2 if side else size)))  # type: ignore[arg-type]
    assert [row.problem for row in rows if row.problem] == []
    return rows


def counts(rows: tuple[StackRow, ...]) -> Counts:
    done = [row.applied for row in rows if row.applied]
    return sum(one.cost.params for one in done), sum(one.cost.macs for one in done), done[-1].outputs


@pytest.mark.parametrize("name", NetworkName)
def test_a_network_comes_to_the_same_as_a_stack(name: NetworkName) -> None:
    of = network(name)
    assert counts(stacked(name)) == (of.totals.params, of.totals.macs, of.rows[-1].applied.outputs)


def test_a_gate_lets_a_stack_see_everything() -> None:
    """What a mean reads is a part of what is seen, and the row after the gate says so."""
    rows = stacked(NetworkName.MOBILENET_V3)
    gates = [row.applied for row in rows if row.text.startswith(("multiply", "r")) and "multiply" in row.text]
    assert len(gates) == 8
    assert {gate.seen_size for gate in gates if gate} == {(224, 224)}


# MobileNetV1: tables 6 and 7 of the paper, in millions of mult-adds and of weights.
MOBILENETS = [
    (0.75, 224, 325, 2.6),
    (0.5, 224, 149, 1.3),
    (0.25, 224, 41, 0.5),
    (1.0, 192, 418, 4.2),
    (1.0, 160, 290, 4.2),
    (1.0, 128, 186, 4.2),
]


@pytest.mark.parametrize(("width", "side", "macs", "weights"), MOBILENETS)
def test_mobilenets_of_other_widths_and_sizes_come_to_the_published_counts(
    width: float, side: int, macs: int, weights: float
) -> None:
    done = [row.applied for row in stacked(NetworkName.MOBILENET_V1, width, side) if row.applied]
    assert abs(sum(one.cost.macs for one in done) / 1e6 - macs) <= 1  # some are cut off, not rounded
    norms = [one for one in done if one.cost.macs == 0]
    own = sum(one.cost.weights for one in done) - sum(one.cost.weights for one in norms)
    assert own / 1e6 == pytest.approx(weights, abs=0.06)


def test_residual_networks_can_be_of_other_widths_too() -> None:
    for name in (NetworkName.RESNET_18, NetworkName.EFFICIENTNET_V2_S, NetworkName.CONVNEXT_T, NetworkName.U_NET):
        params, macs, outputs = counts(stacked(name, 0.5, 256))
        assert params < network(name).totals.params / 2
        assert macs < network(name).totals.macs / 2
        assert outputs[0] == network(name).rows[-1].applied.outputs[0]
