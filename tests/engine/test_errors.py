import pickle

import pytest

from engine import LayerError


@pytest.fixture
def error() -> LayerError:
    return LayerError("stride", "0", "it must be a whole number of at least 1", "use 1")


def test_the_sentence_names_parameter_value_rule_and_nearest(error: LayerError) -> None:
    assert str(error) == "stride is 0, but it must be a whole number of at least 1: use 1."
    assert (error.parameter, error.given) == ("stride", "0")
    assert (error.rule, error.suggestion) == ("it must be a whole number of at least 1", "use 1")


def test_it_is_a_value_error(error: LayerError) -> None:
    assert isinstance(error, ValueError)


def test_it_survives_pickling(error: LayerError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is LayerError
    assert (str(again), again.parameter) == (str(error), "stride")
