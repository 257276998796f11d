"""The JSON of other tools: real excerpts, and what real files were seen to hold."""

import json
from pathlib import Path

import pytest

from gadget_trainer.corpus.records import TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.registry import recognise

TEXT = "🙂 Ana Ruiz moved to Oslo."
BOTH = [("Ana Ruiz", "PERSON"), ("Oslo", "CITY")]
ENTITY = {"id": 1, "label": "PERSON", "start_offset": 3, "end_offset": 11}


def marked(text) -> list[tuple[str, str]]:
    return [(text.text[span.start : span.end], span.label) for span in text.spans]


def result(start: int, end: int, text: str, *labels: str) -> dict[str, object]:
    value = {"start": start, "end": end, "text": text, "labels": list(labels)}
    return {"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual", "value": value}


FILES = {
    "doccano": {"id": 7, "text": TEXT, "label": [[3, 11, "PERSON"], [21, 25, "CITY"]], "Comments": ["check"]},
    "labelstudio": [
        {
            "id": 1,
            "data": {"text": TEXT, "url": "a long string that is not the text at all"},
            "annotations": [{"result": [result(2, 10, "Ana Ruiz", "PERSON"), result(20, 24, "Oslo", "CITY")]}],
        }
    ],
    "ner-annotator": {
        "classes": ["PERSON", "CITY"],
        "annotations": [[TEXT, {"entities": [[3, 11, "PERSON"], [21, 25, "CITY"]]}], None],
    },
    "dataturks": {
        "content": TEXT,
        "annotation": [
            {"label": ["PERSON"], "points": [{"start": 2, "end": 9, "text": "Ana Ruiz"}]},
            {"label": ["CITY"], "points": [{"start": 20, "end": 23, "text": "Oslo"}]},
        ],
    },
    "labelbuddy": [
        {
            "text": TEXT,
            "annotations": [
                {"label_name": "PERSON", "start_char": 2, "end_char": 10, "start_byte": 5, "end_byte": 13},
                {"label_name": "CITY", "start_byte": 23, "end_byte": 27},
            ],
        }
    ],
    "json": {
        "body": TEXT,
        "found": [
            {"begin": 3, "stop": 11, "tag": "PERSON", "mention": "Ana Ruiz"},
            {"begin": 21, "stop": 25, "tag": ["CITY"], "mention": "Oslo"},
        ],
    },
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("indent", [None, 2])
def test_each_shape_is_recognised_and_read(made, read, name, indent) -> None:
    path = made("a.dat", json.dumps(FILES[name], indent=indent, ensure_ascii=False))
    assert recognise(path).name == name
    texts, receipt = read(path)
    assert [marked(text) for text in texts] == [BOTH]
    assert texts[0].state is TextState.DONE
    assert texts[0].complete
    assert receipt.spans_lost.count == 0
    assert receipt.remarks.count == (name == "json")


@pytest.mark.parametrize("name", ["doccano", "dataturks", "labelbuddy", "json"])
def test_a_damaged_line_is_named(made, read, name) -> None:
    value = FILES[name][0] if isinstance(FILES[name], list) else FILES[name]
    path = made("a.dat", json.dumps(value) + "\n\n{broken\n")
    with pytest.raises(UserError, match=r"^a\.dat:3 is not JSON: "):
        read(path, name)


def test_doccanos_own_examples(data: Path, read) -> None:
    texts, receipt = read(data / "doccano" / "example.jsonl")
    assert [(text.state, len(text.spans)) for text in texts] == [(TextState.DONE, 1), (TextState.TODO, 0)]
    assert texts[0].meta == {"doccano": {"meta": {"wikiPageID": 1}}}
    assert receipt.texts_skipped.reasons == {"it has no text": 1}

    (text,), _receipt = read(data / "doccano" / "relations.jsonl")
    assert [mention for mention, _label in marked(text)] == ["Google", "September 4, 1998", "Larry Page", "Sergey Brin"]
    assert len(text.meta["doccano"]["relations"]) == 3
    assert [entity["id"] for entity in text.meta["doccano"]["entities"]] == [0, 1, 2, 3]

    (text,), receipt = read(data / "doccano" / "overlapping.jsonl")
    assert len(text.spans) == 1
    assert receipt.spans_repaired.reasons == {"the same span is there twice and was merged": 1}


def test_doccano_is_asked_about_and_can_be_told(made, read) -> None:
    path = made("a.jsonl", json.dumps(FILES["doccano"]))
    assert read(path)[1].offsets_assumed
    (text,), _receipt = read(path, None, Reading.CODE_POINTS)
    assert [mention for mention, _label in marked(text)] == ["na Ruiz", "slo."]


@pytest.mark.parametrize("key", ["entities", "annotations"])
def test_numbered_labels_are_named_by_the_file_beside(made, read, key) -> None:
    content = json.dumps({"text": TEXT, key: [ENTITY | {"label": 3}]})
    assert read(made("a.jsonl", content))[0][0].spans[0].label == "3"
    made("label_config.json", json.dumps([{"id": 3, "text": "PERSON", "background_color": "#fff"}]))
    assert read(made("a.jsonl", content))[0][0].spans[0].label == "PERSON"


def test_what_an_ner_annotators_file_has_beside_is_counted(made, read) -> None:
    annotations = [["Ana", {"entities": [[0, 3, "P"]], "cats": {}}], ["Ben", {"entities": "x"}]]
    content = {"classes": ["P"], "annotations": annotations, "version": 2}
    _texts, receipt = read(made("a.json", json.dumps(content)))
    assert receipt.fields_dropped == {"annotations: cats": 1, "file: version": 1}
    assert receipt.spans_lost.reasons == {"the entities are not a list": 1}


def test_label_studios_export_is_read_to_the_last_span(data: Path, read) -> None:
    path = data / "labelstudio_norwegian" / "export_2.json"
    tasks = json.loads(path.read_text("utf-8"))
    texts, receipt = read(path)
    assert receipt.format_title == "Label Studio JSON"
    assert receipt.spans_kept + receipt.spans_lost.count == sum(len(task["annotations"][0]["result"]) for task in tasks)
    for text, task in zip(texts, tasks, strict=True):
        values = [one["value"] for one in task["annotations"][0]["result"]]
        assert {mention for mention, _label in marked(text)} <= {value["text"] for value in values}
    assert receipt.offsets_reason.startswith(("so read, all", "code points and UTF-16"))


def task(**keys: object) -> str:
    return json.dumps([{"id": 1, "data": {"text": TEXT}, **keys}])


def test_cancelled_annotations_do_not_count_and_predictions_are_to_do(made, read) -> None:
    answer = {"result": [result(2, 10, "Ana Ruiz", "PERSON")], "was_cancelled": True}
    (text,), _receipt = read(made("a.json", task(annotations=[answer])))
    assert (text.state, text.spans) == (TextState.SKIPPED, ())
    (text,), _receipt = read(made("a.json", task(annotations=[], predictions=[answer | {"was_cancelled": False}])))
    assert (text.state, len(text.spans), text.complete) == (TextState.TODO, 1, False)
    (text,), _receipt = read(made("a.json", task(completions=[{"result": answer["result"]}])))
    assert (text.state, len(text.spans)) == (TextState.DONE, 1)


def test_of_several_annotations_the_ground_truth_is_taken(made, read) -> None:
    old = {"result": [result(2, 10, "Ana Ruiz", "PERSON")], "ground_truth": True}
    new = {"result": [result(20, 24, "Oslo", "CITY")]}
    (text,), receipt = read(made("a.json", task(annotations=[old, new])))
    assert marked(text) == BOTH[:1]
    assert receipt.remarks.count == 1
    (text,), _receipt = read(made("a.json", task(annotations=[old | {"ground_truth": False}, new])))
    assert marked(text) == BOTH[1:]


def test_relations_and_choices_are_kept_for_the_tool(made, read) -> None:
    relation = {"type": "relation", "from_id": "a", "to_id": "b"}
    choice = {"type": "choices", "value": {"choices": ["x"]}}
    results = [result(2, 10, "Ana  Ruiz", "PERSON"), choice]
    (text,), receipt = read(made("a.json", task(annotations=[{"result": results}])))
    assert text.meta["labelstudio"] == {"id": 1, "result": results}
    assert receipt.remarks.count == 0
    (text,), _receipt = read(made("a.json", task(annotations=[{"result": [*results, relation]}])))
    assert text.meta["labelstudio"]["result"] == [*results, relation]


def test_a_stretch_with_several_labels_or_none_is_counted(made, read) -> None:
    results = [result(2, 10, "Ana Ruiz", "PERSON", "ACTOR"), result(20, 24, "Oslo")]
    (text,), receipt = read(made("a.json", task(annotations=[{"result": results}])))
    assert marked(text) == BOTH[:1]
    assert receipt.spans_lost.count == 2
    assert not text.complete


def test_json_min(made, read) -> None:
    row = {"id": 1, "text": TEXT, "label": [{"start": 2, "end": 10, "text": "Ana Ruiz", "labels": ["PERSON"]}]}
    path = made("a.json", json.dumps([row]))
    assert recognise(path).name == "labelstudio"
    assert marked(read(path)[0][0]) == BOTH[:1]


def test_a_guess_is_stated(made, read) -> None:
    _texts, receipt = read(made("a.json", json.dumps(FILES["json"])))
    assert "“body” is the text, and “found” holds the spans with “begin”, “stop”" in receipt.remarks.first[0].message
    assert receipt.offsets is Reading.UTF16
