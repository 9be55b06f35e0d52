"""What is kept of the layers that were played is bounded by its bytes, whatever anybody asks for."""

import doctest
import threading
from pathlib import Path

import numpy as np
import pytest

from kinds.standard.state import StandardState
from pages.shared import byte_cache
from pages.shared.byte_cache import bytes_of, cached_by_bytes
from pages.shared.playing import MOST_BYTES, Played, play, sent
from sharing.page_state import PaddingChoice, Values

KEEPS = 128_000_000


def heavy(seed: int) -> StandardState:
    """Return the state of a layer near the largest that a page plays."""
    return StandardState(
        "simplest", 32, 32, out_channels=3, kernel_height=7, kernel_width=7, padding=PaddingChoice.FULL,
        dilation_height=7, dilation_width=7, bias=True, values=Values.REAL, seed=seed,
    )  # fmt: skip


def resident() -> int:
    """Return the bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def test_the_bytes_of_a_played_layer_are_those_of_its_arrays() -> None:
    played = play.__wrapped__(heavy(1))
    arrays = sum(one.nbytes for one in vars(played.record).values() if isinstance(one, np.ndarray))
    assert arrays <= bytes_of(played) <= 1.5 * arrays


def test_the_bytes_of_what_was_sent_are_those_of_its_text() -> None:
    data = sent.__wrapped__(heavy(1))
    text = sum(len(one["base64"]) for layer in data["layers"] for one in layer["arrays"].values())
    assert text <= bytes_of(data) <= 1.5 * text


def test_memory_that_arrays_share_counts_once() -> None:
    whole = np.zeros((10, 10))
    assert bytes_of([whole, whole[:2], whole.T]) - bytes_of([whole]) < 100 < whole.nbytes == bytes_of(whole[:2])


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from Linux's /proc")
def test_many_heavy_links_keep_no_more_than_the_bound() -> None:
    playing = cached_by_bytes(KEEPS)(play.__wrapped__)
    one = bytes_of(playing(heavy(0)))
    count = 6 * KEEPS // one
    assert count > 12  # or the bound is never reached
    for seed in range(1, count // 2):
        playing(heavy(seed))
    before = resident()
    for seed in range(count // 2, count):
        playing(heavy(seed))
    assert resident() - before < KEEPS
    info = playing.cache_info()
    assert KEEPS / 2 < info.currsize <= KEEPS == info.maxsize


def test_the_pages_keep_what_was_asked_for_last() -> None:
    assert play.cache_info().maxsize == sent.cache_info().maxsize == MOST_BYTES <= 128_000_000
    assert play(heavy(1)) is play(heavy(1))
    assert sent(heavy(1)) is sent(heavy(1))


def test_who_asks_for_what_is_being_made_waits_for_it() -> None:
    made: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    @cached_by_bytes(1000)
    def make(number: int) -> list[int]:
        made.append(number)
        begun.set()
        assert go_on.wait(60)
        return [number]

    threads = [threading.Thread(target=make, args=(1,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    go_on.set()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_a_result_that_is_too_large_is_returned_and_not_kept() -> None:
    zeros = cached_by_bytes(100)(np.zeros)
    assert zeros(1000) is not zeros(1000)
    assert zeros(10) is zeros(10)


def test_an_error_is_not_kept() -> None:
    asked: list[int] = []

    @cached_by_bytes(100)
    def fail(number: int) -> Played:
        asked.append(number)
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            fail(1)
    assert asked == [1, 1]


def test_the_examples_are_true() -> None:
    found = doctest.testmod(byte_cache)
    assert found.attempted > 2
    assert not found.failed
