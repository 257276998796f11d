"""Of several annotations of a Label Studio task one is taken, and what goes with the others is said."""

import json
from typing import Any

import pytest
from one_text import imported

from gadget_trainer.formats.writing import write_file


def result(start: int, end: int, *labels: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": "Ana in Oslo"[start:end], "labels": list(labels)}
    return {"id": f"{start}", "from_name": "l", "to_name": "t", "type": "labels", "value": value}


ANA, OSLO = result(0, 3, "P"), result(7, 11, "C", "L")


def file_of(*annotations: dict[str, Any], **more: Any) -> str:
    return json.dumps([{"id": 1, "data": {"text": "Ana in Oslo"}, "annotations": annotations, **more}])


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ({"updated_at": "2024-01-02T10:00:00.5Z"}, {"updated_at": "2024-01-02T10:00:00Z"}, "P"),
        ({"updated_at": "2024-01-02T10:00:00+02:00"}, {"updated_at": "2024-01-02T09:00:00Z"}, "Q"),
        ({"updated_at": "2024-01-02"}, {"updated_at": "yesterday"}, "Q"),
        ({"updated_at": "2024-01-02"}, {}, "Q"),
        ({"created_at": "2024-01-02"}, {"created_at": "2024-01-01"}, "P"),
        ({"updated_at": "2024-01-01", "ground_truth": True}, {"updated_at": "2024-01-02"}, "P"),
    ],
)
def test_the_newest_is_the_one_that_was_updated_last(made, first, second, label) -> None:
    annotations = {"result": [ANA], **first}, {"result": [result(0, 3, "Q")], **second}
    annotated, _receipt = imported(made("in.json", file_of(*annotations)))
    assert [span.label for span in annotated.spans] == [label]


def test_the_spans_of_the_others_are_counted_and_named_when_the_text_goes_back(made, tmp_path) -> None:
    others = {"id": 1, "result": [ANA, OSLO]}, {"id": 2, "result": [ANA]}
    path = made("in.json", file_of(*others, {"id": 3, "result": [ANA]}, predictions=[{"result": [OSLO]}]))
    annotated, receipt = imported(path)
    assert receipt.remarks.first[0].message.startswith("4 spans in 2 others: the text has several annotations")
    assert receipt.fields_dropped == {"annotations: spans of those that were not taken": 4, "predictions": 1}
    assert receipt.spans_in_file == len(annotated.spans) == 1
    written = write_file(tmp_path / "out.json", [annotated], "labelstudio")
    assert written.not_held == {
        "annotations that were not taken when the text came in": 2,
        "predictions that were not taken when the text came in": 1,
    }


def test_a_region_without_a_label_is_named_by_its_place_and_words(made) -> None:
    _annotated, receipt = imported(made("in.json", file_of({"result": [result(0, 3)]})))
    assert receipt.spans_lost.first[0].message == "0–3 “Ana”: it has no label that can be used"
