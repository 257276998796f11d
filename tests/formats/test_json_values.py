"""JSON from strangers is what Python's own decoder makes of it, but for numbers that are none."""

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gadget_trainer.formats.json_values import JsonDecoder, NotJsonError

_SINGLE = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
_VALUES = st.recursive(
    _SINGLE, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
)
_NEARLY_JSON = st.text(alphabet='{}[]":,.-+eE0123456789truefalsnN \\ud83\n\t', max_size=30)


@given(_NEARLY_JSON | _VALUES.map(json.dumps) | _VALUES.map(lambda value: json.dumps(value, ensure_ascii=False)))
@example("18446744073709551616")
@example('{"a": 1e999, "b": NaN}')
@example('"\\ud800 and a raw \t tab"')
@example("[" * 3000 + "]" * 3000)
@example("1" * 5000)
def test_a_value_is_that_of_pythons_own_decoder(text):
    decoder = JsonDecoder()
    pythons = json.JSONDecoder(strict=False, parse_constant=lambda _name: None, parse_float=_finite)
    try:
        expected = pythons.decode(text)
    except (ValueError, RecursionError):
        with pytest.raises(NotJsonError):
            decoder.whole(text)
    else:
        assert repr(decoder.whole(text)) == repr(expected)


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None
