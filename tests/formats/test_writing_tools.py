"""doccano's and Label Studio's files: random corpora come back, and what came from the tool returns to it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from random_corpora import corpora, quick, through

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.formats.offset_units import Reading
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file

TEXT = "🙂 Ana Ruiz moved to Oslo."
ANA = AnnotatedText(TEXT, (Span(2, 10, "PERSON"), Span(20, 24, "CITY")), TextState.DONE, id=7, complete=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tools")


def objects(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@quick
@given(corpora)
def test_doccano_brings_texts_and_spans_back(folder: Path, corpus: list[AnnotatedText]) -> None:
    # The file does not say what its offsets count, so that the person chooses where it makes a difference.
    _, again = through(folder / "a.jsonl", corpus, "doccano", "doccano", Reading.UTF16)
    expected = [one for one in corpus if one.state is not TextState.SKIPPED]
    assert [(one.text, one.spans) for one in again] == [(one.text, one.spans) for one in expected]
    assert [one.categories for one in again] == [one.categories for one in expected]


@quick
@given(corpora)
def test_label_studio_brings_texts_spans_and_states_back(folder: Path, corpus: list[AnnotatedText]) -> None:
    _, again = through(folder / "a.json", corpus, "labelstudio", None)
    assert [(one.text, one.spans, one.state) for one in again] == [(one.text, one.spans, one.state) for one in corpus]
    assert [one.categories for one in again] == [one.categories for one in corpus]


def test_doccano_counts_utf_16_units(tmp_path: Path) -> None:
    corpus = [ANA, AnnotatedText("No", (), TextState.DONE, complete=True), AnnotatedText("x", (), TextState.SKIPPED)]
    receipt = write_file(tmp_path / "a.jsonl", corpus, "doccano")
    assert objects(tmp_path / "a.jsonl")[0] == {"text": TEXT, "label": [[3, 11, "PERSON"], [21, 25, "CITY"]]}
    assert receipt.texts_left_out.reasons == {"the text is skipped": 1}
    assert receipt.not_held == {"whether the text is done": 1}


def test_relations_go_back_to_doccano_unless_their_spans_are_gone(made: Callable[..., Path], tmp_path: Path) -> None:
    entities = [
        {"id": 4, "label": "PERSON", "start_offset": 0, "end_offset": 3},
        {"id": 9, "label": "CITY", "start_offset": 10, "end_offset": 14},
    ]
    row = {"id": 1, "text": "Ana is in Oslo", "entities": entities, "Comments": ["check"]}
    row["relations"] = [{"id": 1, "from_id": 4, "to_id": 9, "type": "livesIn"}]
    (before,) = read_files([made("in.jsonl", json.dumps(row))]).texts()
    write_file(tmp_path / "out.jsonl", [before], "doccano")
    assert objects(tmp_path / "out.jsonl") == [row]

    changed = AnnotatedText(before.text, (before.spans[0], Span(4, 6, "VERB")), TextState.DONE, meta=before.meta)
    receipt = write_file(tmp_path / "out.jsonl", [changed], "doccano")
    (after,) = objects(tmp_path / "out.jsonl")
    assert after["relations"] == []
    assert after["entities"] == [entities[0], {"id": 10, "label": "VERB", "start_offset": 4, "end_offset": 6}]
    assert receipt.not_held["relations of spans that are gone"] == 1


def test_label_studios_tasks_are_importable(tmp_path: Path) -> None:
    todo = AnnotatedText("Oslo", (Span(0, 4, "CITY"),), id=8)
    receipt = write_file(tmp_path / "a.json", [ANA, todo], "labelstudio")
    tasks = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [task["data"] for task in tasks] == [{"text": TEXT}, {"text": "Oslo"}]
    assert [(len(task["annotations"]), len(task["predictions"])) for task in tasks] == [(1, 0), (0, 1)]
    (person, city) = tasks[0]["annotations"][0]["result"]
    (unconfirmed,) = tasks[1]["predictions"][0]["result"]
    assert len({person["id"], city["id"], unconfirmed["id"]}) == 3
    assert person == {
        "id": "7-1",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "origin": "manual",
        "value": {"start": 2, "end": 10, "text": "Ana Ruiz", "labels": ["PERSON"]},
    }
    assert receipt.not_held == {"that words outside the spans are unknown": 1}


def test_relations_and_choices_go_back_to_label_studio(made: Callable[..., Path], tmp_path: Path) -> None:
    def region(name: str, start: int, end: int, label: str) -> dict[str, object]:
        value = {"start": start, "end": end, "text": "Ana is in Oslo"[start:end], "labels": [label]}
        return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}

    relation = {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right"}
    choice = {"id": "c", "type": "choices", "from_name": "tone", "to_name": "text", "value": {"choices": ["calm"]}}
    result = [region("r1", 0, 3, "PERSON"), region("r2", 10, 14, "CITY"), relation, choice]
    task = {"id": 3, "data": {"text": "Ana is in Oslo", "source": "mail"}, "annotations": [{"id": 1, "result": result}]}
    (before,) = read_files([made("in.json", json.dumps([task]))]).texts()
    write_file(tmp_path / "out.json", [before], "labelstudio")
    (after,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert after["data"] == task["data"]
    returned = after["annotations"][0]["result"]
    assert [one.get("id") for one in returned] == ["r1", "r2", None, "c"]
    assert returned[2:] == [relation, choice]

    changed = AnnotatedText(before.text, before.spans[:1], TextState.DONE, meta=before.meta, categories=("calm",))
    receipt = write_file(tmp_path / "out.json", [changed], "labelstudio")
    (after,) = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert [one["id"] for one in after["annotations"][0]["result"]] == ["r1", "c"]
    assert receipt.not_held["relations of spans that are gone"] == 1


def test_no_text_is_a_list_all_the_same(tmp_path: Path) -> None:
    write_file(tmp_path / "a.json", [], "labelstudio")
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "format_title"), [("a.json", "spaCy training tuples (JSON)"), ("a.jsonl", "Prodigy JSONL")]
)
def test_an_ending_alone_means_the_usual_format(tmp_path: Path, name: str, format_title: str) -> None:
    assert write_file(tmp_path / name, [ANA]).format_title == format_title
