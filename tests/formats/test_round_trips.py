"""Random corpora go out and come back; random and damaged files are read or refused in words."""

import codecs
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file

quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(quick, max_examples=50)

characters = st.one_of(
    st.sampled_from(" ab\u00a0\r\n\t\x00\x0b\x0c\x1c\x85\u2028\u2029\ufeff🙂é\u0301عא中👩\u200d👧\u200f\"\\'{}[]"),
    st.characters(exclude_categories=["Cs"]),
)
texts = st.text(characters, min_size=1, max_size=30)
names = (
    st.one_of(st.sampled_from(["PERSON", "Ort", "人名", "a b"]), st.text(characters, min_size=1, max_size=5))
    .map(str.strip)
    .filter(bool)
)
OUR_KEYS = ["text", "spans", "answer", "tokens", "state", "flagged", "complete", "note", "_kept", "meta", "_input_hash"]
OUR_KEYS += ["options", "accept", "label", "_view_id"]
values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(characters)
    )
    | st.sampled_from(
        ["todo", "done", "accept", "reject", "classification", [], ["A"], [1], [{"id": "A"}], [{"id": 1}]]
    )
    | st.just([{"id": "A", "text": "A"}]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(characters, max_size=3), inner, max_size=2),
    max_leaves=4,
)
metas = st.dictionaries(st.sampled_from(OUR_KEYS) | st.text(characters, max_size=4), values, max_size=3)


@st.composite
def annotated_texts(draw: st.DrawFn) -> AnnotatedText:
    """A text as a project may hold it."""
    text = draw(texts)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pieces = [(a, b) for a, b in pairwise(edges) if draw(st.booleans())]
    spans = tuple(Span(a, b, draw(names)) for a, b in pieces if text[a:b] == text[a:b].strip())
    state = draw(st.sampled_from(TextState))
    complete = state is TextState.DONE and draw(st.booleans())
    note = draw(st.just("") | texts)
    categories = tuple(draw(st.lists(st.sampled_from(["A", "1"]) | names, max_size=2, unique=True)))
    return AnnotatedText(
        text,
        spans,
        state,
        flagged=draw(st.booleans()),
        meta=draw(metas),
        note=note,
        complete=complete,
        categories=categories,
    )


corpora = st.lists(annotated_texts(), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("round_trips")


def through(path: Path, corpus: list[AnnotatedText], name: str) -> list[AnnotatedText]:
    write_file(path, corpus, name)
    reading = read_files([path])
    again = list(reading.texts())
    (receipt,) = reading.receipts
    assert (receipt.spans_lost.count, receipt.spans_repaired.count) == (0, 0)
    assert all(reason.endswith("in the file more than once, with other spans") for reason in receipt.remarks.reasons)
    return [text._replace(source="") for text in again]


@quick
@given(corpora)
def test_jsonl_brings_everything_back(folder: Path, corpus: list[AnnotatedText]) -> None:
    assert through(folder / "a.jsonl", corpus, "jsonl") == corpus


alike = st.fixed_dictionaries(
    {},
    optional={
        "_input_hash": st.sampled_from([1, 2]),
        "_view_id": st.sampled_from(["ner", "ner_manual"]),
        "_is_binary": st.booleans(),
        "label": st.just("A"),
    },
)


@st.composite
def texts_alike(draw: st.DrawFn) -> AnnotatedText:
    """One of few texts, so that some are there several times."""
    text = draw(st.sampled_from(["Ana Ruiz", "Ben"]))
    spans = tuple(draw(st.sets(st.builds(Span, st.just(0), st.just(3), st.sampled_from("XY")), max_size=1)))
    refused = tuple(draw(st.sets(st.just(Span(0, 3, "Z")), max_size=1)))
    state = draw(st.sampled_from(TextState))
    complete = state is TextState.DONE and draw(st.booleans())
    return AnnotatedText(text, spans, state, meta=draw(alike), complete=complete, refused=refused)


@many
@given(st.lists(texts_alike(), min_size=2, max_size=6))
def test_texts_that_are_the_same_stay_texts_of_their_own(folder: Path, corpus: list[AnnotatedText]) -> None:
    """Texts whose rows answer a yes or no question come after the others."""
    again = through(folder / "a.jsonl", corpus, "jsonl")
    assert sorted(map(in_order, again)) == sorted(map(in_order, corpus))


def in_order(text: AnnotatedText) -> str:
    return repr(text._replace(meta=dict(sorted(text.meta.items()))))


@quick
@given(corpora)
def test_tuples_bring_texts_and_spans_back(folder: Path, corpus: list[AnnotatedText]) -> None:
    again = through(folder / "a.json", corpus, "spacy-json")
    expected = [text for text in corpus if text.state is not TextState.SKIPPED]
    assert [(text.text, text.spans) for text in again] == [(text.text, text.spans) for text in expected]
    assert [set(text.categories) for text in again] == [set(text.categories) for text in expected]
    for before, after in zip(expected, again, strict=True):
        untouched = before.state is TextState.TODO and not before.spans and not before.categories
        assert after.state is (TextState.TODO if untouched else TextState.DONE)


def test_the_food_excerpt_goes_out_as_it_came_but_for_what_the_receipt_counts(folder: Path, data: Path) -> None:
    original = data / "prodigy_food" / "food_40.jsonl"
    write_file(folder / "food.jsonl", read_files([original]).texts())
    written = [json.loads(line) for line in (folder / "food.jsonl").read_text("utf-8").splitlines()]
    expected = [json.loads(line) for line in original.read_text("utf-8").splitlines()]
    for row in expected:
        del row["tokens"]
        row["spans"] = [{key: span[key] for key in span if not key.startswith("t")} for span in row["spans"]]
    assert written == expected


def read_or_refused(path: Path, content: bytes, name: str | None) -> list[AnnotatedText]:
    """The texts, or none if the file is refused in words; whatever comes is fit for a project."""
    path.write_bytes(content)
    refusal, annotated = "", []
    try:
        annotated = list(read_files([path], name).texts())
    except UserError as error:
        refusal = str(error)
    if refusal:
        assert path.name in refusal
        assert refusal.endswith(".")
    for each in annotated:
        each.text.encode()
        json.dumps(each.meta)
        end = 0
        for span in each.spans:
            assert end <= span.start < span.end <= len(each.text)
            assert each.text[span.start : span.end] == each.text[span.start : span.end].strip()
            end = span.end
    return annotated


formats = st.sampled_from([None, "jsonl", "spacy-json", "txt", "txt-file", "spacy"])
marks = st.sampled_from(
    [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"x\x9c", b"x\xda", b"[", b"{"]
)


@many
@given(marks, st.binary(max_size=60), formats)
def test_any_bytes_are_texts_or_a_sentence(folder: Path, mark: bytes, content: bytes, name: str | None) -> None:
    read_or_refused(folder / "bytes.dat", mark + content, name)


FIRST = (
    '{"text":"🙂 Ana","spans":[{"start":2,"end":5,"label":"P","text":"Ana"}],"answer":"accept","meta":{"n":1}}\n'
).encode()
SECOND = '[["🙂 Ana",{"entities":[[2,5,"P"]],"cats":{"A":1.0}}],\n(\'b\',{\'entities\':[]})]\n'.encode()
pieces = st.sampled_from(
    [b"", b"[", b"]", b"{", b"}", b'"', b"'", b",", b"\\", b"\\ud83d", b"-", b"9e999", b"NaN", b"\xff", b"\n"]
)


@many
@given(st.sampled_from([FIRST, SECOND, FIRST * 3]), st.data(), st.sampled_from([None, "jsonl", "spacy-json"]))
def test_damaged_rows_are_texts_or_a_sentence(
    folder: Path, content: bytes, data: st.DataObject, name: str | None
) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 6))
        content = content[:start] + data.draw(pieces) + content[start + length :]
    read_or_refused(folder / "damaged.dat", content, name)


odd = st.one_of(values, st.just(float("nan")), st.integers(-3, 12), st.text(max_size=3))
odd_spans = st.lists(
    st.fixed_dictionaries({}, optional={"start": odd, "end": odd, "label": odd, "text": odd, "x": odd}) | odd,
    max_size=4,
)
odd_rows = st.fixed_dictionaries(
    {"text": texts | odd},
    optional=dict.fromkeys(OUR_KEYS[1:], odd)
    | {"spans": odd_spans | odd, "answer": st.sampled_from(["accept", "ignore"]) | odd},
)


@many
@given(odd_rows)
def test_rows_of_odd_values_account_for_each_span(folder: Path, row: dict[str, object]) -> None:
    path = folder / "odd.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    reading = read_files([path], "jsonl")
    kept = [span for text in reading.texts() for span in text.spans]
    (receipt,) = reading.receipts
    assert receipt.texts_read + receipt.texts_skipped.count == 1
    if receipt.texts_read and isinstance(row.get("spans"), list):
        assert len(kept) + receipt.spans_lost.count + receipt.spans_merged == len(row["spans"])
