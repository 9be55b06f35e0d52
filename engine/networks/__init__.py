"""Whole networks, layer by layer, with the counts that were printed of them and what was counted there."""

from engine.networks.catalogue import NETWORKS, Network, NetworkName, network
from engine.networks.rows import Fact, NetworkRow, Totals, totals

__all__ = ["NETWORKS", "Fact", "Network", "NetworkName", "NetworkRow", "Totals", "network", "totals"]
