"""Values come back from the project file as Python's own JSON would bring them back."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gadget_trainer.corpus.json_text import from_text, to_text

_SINGLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters())
_VALUES = st.recursive(
    _SINGLE, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
)


@given(_VALUES)
def test_a_value_comes_back_as_from_pythons_own(value):
    expected = json.loads(json.dumps(value))
    assert from_text(to_text(value)) == expected
    assert from_text(json.dumps(value)) == expected
    assert json.loads(to_text(value)) == expected


@pytest.mark.parametrize("value", [2**70, "half \ud800 a pair", {"a": math.inf}, {"\ud800": [None]}, -0.0])
def test_what_json_hardly_knows_comes_back_too(value):
    assert from_text(to_text(value)) == value


class Score(float):
    """As numpy's numbers are."""


def test_a_number_of_another_type_is_a_number():
    assert from_text(to_text({"f": Score(0.5)})) == {"f": 0.5}


def test_what_is_no_number_stays_none():
    assert math.isnan(from_text(to_text({"loss": math.nan}))["loss"])


def test_what_is_no_json_is_refused():
    with pytest.raises(TypeError):
        to_text(object())
    with pytest.raises(ValueError, match="Expecting"):
        from_text("{")
