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
from sharing.images import ImagesState
from sharing.learning import GivenInput, LearningState
from sharing.training import TrainingState
from sharing.upsampling import UpsamplingState

STATES = {
    **{page: spec.state for page, spec in SPECS.items()},
    **{state.page: state for state in (ImagesState, LearningState, TrainingState, UpsamplingState)},
}


@pytest.mark.parametrize("page", STATES)
def test_every_option_of_a_control_has_a_label_of_its_own(page: str) -> None:
    """Or that of all others of its name, where those agree."""
    names: dict[str, set[str]] = {}
    for option, label in (*OPTION_LABELS, *(pair for spec in SPECS.values() for pair in spec.option_labels.items())):
        names.setdefault(str(option), set()).add(label)
    own = {(type(option), option) for option, _ in OPTION_LABELS}
    own |= {(type(option), option) for spec in SPECS.values() for option in (*spec.option_labels, *spec.views)}
    fields = {name: kind for name, kind in types(STATES[page]).items() if name != "view" or page in SPECS}
    for kind in fields.values():
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            labels = [option_label(one, page) for one in kind]
            assert len(set(labels)) == len(labels)
            assert [one for one in kind if (kind, one) not in own and len(names[one]) > 1] == []


def test_options_that_have_one_name_have_each_its_label() -> None:
    assert str(GivenInput.CONSTANT) == PaddingMode.CONSTANT
    assert option_label(PaddingMode.CONSTANT, "standard") == "constant (one number)"
    assert option_label(GivenInput.CONSTANT, "learn_a_kernel") == "ones everywhere"
    assert option_label(DeviceName.OWN, "comparison") == "your own figures"
    assert option_label(ImageKernelName.OWN, "images") == "Your own"
    for option, label in OPTION_LABELS:
        assert option_label(option, "") == label
