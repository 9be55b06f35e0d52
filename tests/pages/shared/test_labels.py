"""Every option of every control has a label of its own, whatever options of other controls are called."""

from enum import StrEnum

import pytest

from engine import PaddingMode
from engine.devices import DeviceName
from kinds.registry import SPECS
from kinds.shared.control_labels import OPTION_LABELS
from pages.shared.labels import option_label
from sharing.fields import types
from sharing.image_kernels import ImageKernelName
from sharing.learning import GivenInput


@pytest.mark.parametrize("page", SPECS)
def test_the_options_of_a_control_have_different_labels(page: str) -> None:
    for kind in types(SPECS[page].state).values():
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            labels = [option_label(one, page) for one in kind]
            assert len(set(labels)) == len(labels)


def test_options_that_have_one_name_have_each_its_label() -> None:
    assert str(GivenInput.CONSTANT) == PaddingMode.CONSTANT
    assert option_label(PaddingMode.CONSTANT, "standard") == "constant (one number)"
    assert option_label(GivenInput.CONSTANT, "learn_a_kernel") == "ones everywhere"
    assert option_label(DeviceName.OWN, "comparison") == "your own figures"
    assert option_label(ImageKernelName.OWN, "images") == "Your own"
    for option, label in OPTION_LABELS:
        assert option_label(option, "") == label
