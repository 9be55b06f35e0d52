"""What a page has shown: undone and done again one by one, within bounds, and each press counted once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinds.standard.state import StandardState
from pages.shared.changes import MOST_CHARACTERS, MOST_ENTRIES, Changes, Entry, Press
from sharing.paths import read_place
from sharing.presets import find_preset

SIMPLEST = find_preset(StandardState("simplest", 4, 4)).state


def entry(seed: int, text: str = "") -> Entry:
    return Entry(replace(SIMPLEST, seed=seed, input_text=text))


@given(st.lists(st.one_of(st.integers(1, 5), st.sampled_from([Press.UNDO, Press.REDO]))))
def test_undo_and_redo_are_those_of_two_stacks(done: list[int | Press]) -> None:
    changes, undone, redone = Changes(), [entry(1)], []
    changes.show(entry(1))
    for one in done:
        if isinstance(one, int):
            changes.show(entry(one))
            if entry(one) != undone[-1]:
                undone.append(entry(one))
                redone.clear()
        else:
            changes.press(one)
            stack, other = (undone, redone) if one is Press.UNDO else (redone, undone)
            if len(stack) > (1 if one is Press.UNDO else 0):
                other.append(stack.pop())
        assert (changes.now, changes.back, changes.on) == (undone[-1], len(undone) - 1, len(redone))


def test_reset_is_a_change_that_can_be_undone() -> None:
    changes = Changes()
    changes.show(entry(7))
    changes.press(Press.RESET)
    assert changes.now.state == SIMPLEST
    changes.press(Press.RESET)
    changes.press(Press.UNDO)
    assert (changes.now, changes.back) == (entry(7), 0)


def test_in_a_lesson_reset_goes_back_to_its_layer_and_the_preset_can_be_chosen() -> None:
    place = read_place("basics.3")  # a change of its preset
    lesson = Entry(replace(SIMPLEST, height=6, width=6), place)
    assert (lesson.is_lesson, lesson.start) == (True, lesson.state)
    elsewhere = Entry(SIMPLEST, read_place("basics.5"))  # another page's
    assert (elsewhere.is_lesson, elsewhere.start) == (False, SIMPLEST)
    changes = Changes()
    changes.show(Entry(replace(lesson.state, height=7), place))
    changes.press(Press.PRESET)
    assert changes.now == Entry(SIMPLEST, place)
    changes.press(Press.RESET)
    assert changes.now == lesson


def test_a_step_through_the_browsers_history_is_a_step_here() -> None:
    changes = Changes()
    for seed in (1, 2, 3, 2):
        changes.show(entry(seed))
    changes.show(entry(3), is_step=True)
    changes.show(entry(2), is_step=True)
    assert (changes.back, changes.on) == (1, 2)  # the nearer one of two
    changes.show(entry(9), is_step=True)  # a link that nobody knows here is a change
    assert (changes.back, changes.on, changes.now) == (2, 0, entry(9))


def test_what_is_kept_is_bounded() -> None:
    changes = Changes()
    for seed in range(3 * MOST_ENTRIES):
        changes.show(entry(seed))
    assert len(changes.entries) == MOST_ENTRIES
    assert changes.back == MOST_ENTRIES - 1
    for seed in range(8):
        changes.show(entry(seed, "1" * (MOST_CHARACTERS // 4)))
    assert changes.back == 3
    changes.show(entry(0, "1" * 2 * MOST_CHARACTERS))
    assert changes.back == 3  # what is shown is no history yet
    changes.show(entry(0))
    assert (changes.back, changes.now) == (0, entry(0))


@given(st.lists(st.sampled_from(Press), max_size=12), st.data())
def test_each_press_counts_once_whatever_is_lost_or_said_again(presses: list[Press], data: st.DataObject) -> None:
    """The browser says all that was not heard when it said it; of what it says, the last at least arrives."""
    changes, counted = Changes(), []
    for end in range(1, len(presses) + 1):
        first = data.draw(st.integers(0, min(end - 1, changes.heard[1])))
        if end == len(presses) or data.draw(st.booleans()):
            counted += changes.unheard("buttons", first, presses[first:end])
    assert counted == presses
    assert changes.unheard("others", 0, ["undo"]) == [Press.UNDO]


@pytest.mark.parametrize("press", Press)
def test_before_anything_was_shown_twice_there_is_nothing_to_do(press: Press) -> None:
    changes = Changes()
    changes.show(Entry(SIMPLEST))
    changes.press(press)
    assert (changes.now, changes.back, changes.on) == (Entry(SIMPLEST), 0, 0)
