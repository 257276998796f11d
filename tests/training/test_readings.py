"""What a run found is kept by what a text says."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from gadget_trainer.corpus.records import Span
from gadget_trainer.training.found import Found
from gadget_trainer.training.readings import Readings

SPANS = st.builds(Span, st.integers(0, 2**31), st.integers(0, 2**31), st.text(min_size=1, max_size=5))


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=20), st.lists(SPANS, max_size=3).map(tuple), max_size=3))
def test_entities_come_back_as_they_were(found):
    readings = Readings()
    for text, spans in found.items():
        readings.add(text, Found(spans))
    again = Readings.from_json(json.loads(json.dumps(readings.to_json())))
    assert {text: again.of(text) for text in found} == {text: Found(spans) for text, spans in found.items()}


def test_categories_come_back_in_their_order():
    readings = Readings()
    readings.add("Goal!", Found((), {"LAW": 0.1, "SPORT": 0.87654321}, ("SPORT",)))
    found = Readings.from_json(json.loads(json.dumps(readings.to_json()))).of("Goal!")
    assert found == Found((), {"LAW": 0.1, "SPORT": 0.8765}, ("SPORT",))
    assert list(found.probabilities) == ["LAW", "SPORT"]


def test_a_text_that_was_edited_is_another_one():
    readings = Readings()
    readings.add("A Kindle", Found((Span(2, 8, "GADGET"),)))
    assert readings.of("a Kindle!") is None


def test_what_cannot_be_read_is_left_out():
    assert Readings.from_json({"a": {"spans": [[1, 2]]}, "b": None, "c": {"spans": [["x", 2, "L"]]}}).to_json() == {}
