"""What is called what on the pages: the one place that says which label each field and option has."""

from enum import StrEnum

from kinds.registry import SPECS
from kinds.shared.control_labels import CONTROL_LABELS, OPTION_LABELS

_LABELS: dict[str, str] = {
    **CONTROL_LABELS,
    **{f"{role.name}_text": role.label for spec in SPECS.values() for role in spec.state.roles},
    **{name: text for spec in SPECS.values() for name, text in spec.control_labels.items()},
}
_PAIRS = (*OPTION_LABELS, *(pair for spec in SPECS.values() for pair in spec.option_labels.items()))
_OPTIONS: dict[tuple[type[StrEnum], StrEnum], str] = {(type(one), one): text for one, text in _PAIRS}
_NAMES: dict[str, str] = {str(one): text for one, text in _PAIRS}
"""Options without a label of their own are called as others of their name: several kinds of padding have a "same"."""


def is_labelled(name: object) -> bool:
    """Whether this is the name of a field that has a label."""
    return isinstance(name, str) and name in _LABELS


def label_of(name: str) -> str:
    """What a field is called on the page.

    >>> label_of("height"), label_of("ceil_mode"), label_of("kernel_text")
    ('Input height', 'Ceil mode', 'Kernel values')
    """
    return _LABELS[name]


def option_label(option: StrEnum, page: str) -> str:
    """What an option is called on a page: the views are the page's own.

    >>> from engine.devices import DeviceName
    >>> from kinds.standard.state import StandardView
    >>> option_label(StandardView.MATRIX, "standard"), option_label(DeviceName.OWN, "comparison")
    ('Sparse matrix', 'your own figures')
    """
    views = {(type(one), one): text for one, text in SPECS[page].views.items()} if page in SPECS else {}
    named = type(option), option
    return views.get(named) or _OPTIONS.get(named) or _NAMES[option]
