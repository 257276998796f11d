"""What DataTurks' annotations lack is named with where they are."""

import json


def test_an_annotation_without_a_label_is_named_by_its_places_and_words(made, read) -> None:
    points = [{"start": 0, "end": 2, "text": "Ana"}, {"start": 7, "end": 10, "text": "Oslo"}]
    annotation = [
        {"label": [], "points": points},
        {"label": ["X", "Y"], "points": None},
        {"label": ["Z"], "points": []},
        7,
    ]
    _texts, receipt = read(made("a.json", json.dumps({"content": "Ana in Oslo", "annotation": annotation})))
    assert [note.message for note in receipt.spans_lost.first] == [
        "0–2 “Ana”: the annotation has no label",
        "7–10 “Oslo”: the annotation has no label",
        "“X” and “Y”: the annotation has no points",
        "“Z”: the annotation has no points",
        "7: the annotation has no points",
    ]
    assert receipt.spans_in_file == 5
