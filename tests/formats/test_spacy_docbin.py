import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from gadget_trainer.corpus.records import AnnotatedText, Span, TextState
from gadget_trainer.errors import UserError
from gadget_trainer.formats.format import TokenRules
from gadget_trainer.formats.reading import read_files
from gadget_trainer.formats.writing import write_file

NLP = spacy.blank("en")


def docs(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(NLP.vocab))


def done(text: str, *spans: Span, complete: bool = True) -> AnnotatedText:
    return AnnotatedText(text, spans, TextState.DONE, complete=complete, id=12)


def test_what_is_no_span_of_a_complete_text_is_no_entity(tmp_path: Path) -> None:
    write_file(tmp_path / "a.spacy", [done("Ana Ruiz left Oslo .", Span(0, 8, "PERSON"), Span(14, 18, "CITY"))])
    (doc,) = docs(tmp_path / "a.spacy")
    assert [(token.ent_iob_, token.ent_type_) for token in doc] == [
        ("B", "PERSON"),
        ("I", "PERSON"),
        ("O", ""),
        ("B", "CITY"),
        ("O", ""),
    ]


def test_what_is_no_span_of_an_incomplete_text_is_unknown(tmp_path: Path) -> None:
    todo = AnnotatedText("Ana left", (Span(0, 3, "PERSON"),))
    write_file(tmp_path / "a.spacy", [todo, done("Ana left", Span(0, 3, "PERSON"), complete=False)])
    for doc in docs(tmp_path / "a.spacy"):
        assert [token.ent_iob_ for token in doc] == ["B", ""]


def test_a_span_that_cuts_a_token_is_said_and_its_tokens_are_unknown(tmp_path: Path) -> None:
    text = "It takes 3x300 g of flour"
    spans = Span(11, 14, "NUMBER"), Span(20, 25, "FOOD")
    receipt = write_file(tmp_path / "a.spacy", [done(text, *spans)])
    (doc,) = docs(tmp_path / "a.spacy")
    assert {token.text: token.ent_iob_ for token in doc}["3x300"] == ""
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("flour", "FOOD")]
    assert [token.ent_iob_ for token in doc if token.text in {"It", "takes", "g", "of"}] == ["O"] * 4
    (note,) = receipt.spans_lost.first
    assert note.where == "text 12"
    assert note.message == "11–14 “NUMBER”, “300”: it cuts a token"
    assert (receipt.texts_written, receipt.spans_written) == (1, 1)


def test_spans_that_no_project_should_have_are_said_too(tmp_path: Path) -> None:
    receipt = write_file(tmp_path / "a.spacy", [done("Ana Ruiz", Span(0, 8, "A"), Span(4, 8, "B"), Span(9, 20, "C"))])
    assert receipt.spans_lost.reasons == {"it overlaps another span": 1, "it lies outside the text": 1}
    (doc,) = docs(tmp_path / "a.spacy")
    assert [entity.text for entity in doc.ents] == ["Ana Ruiz"]


def test_texts_that_teach_nothing_are_left_out_and_counted(tmp_path: Path) -> None:
    skipped = AnnotatedText("b", (Span(0, 1, "X"),), TextState.SKIPPED)
    receipt = write_file(tmp_path / "a.spacy", [AnnotatedText("a"), skipped, done("c")])
    assert [doc.text for doc in docs(tmp_path / "a.spacy")] == ["c"]
    assert receipt.texts_left_out.reasons == {"the text is to do and has no spans": 1, "the text is skipped": 1}


def test_an_unknown_language_is_a_sentence(tmp_path: Path) -> None:
    for language in ("qq", ""):
        with pytest.raises(UserError, match=r"Choose another language, or export as JSONL\.$"):
            write_file(tmp_path / "a.spacy", [done("a")], rules=TokenRules(language))
    assert list(tmp_path.iterdir()) == []


def test_a_long_text_has_no_limit(tmp_path: Path) -> None:
    text = ("x" * 49 + " ") * 20_001 + "Ana"
    receipt = write_file(tmp_path / "a.spacy", [done(text, Span(len(text) - 3, len(text), "X"))])
    assert (receipt.texts_written, receipt.spans_written) == (1, 1)


texts = st.text(st.sampled_from("ab .'3🙂\u00a0\r\n\t\x00\u2028\ufeffé\u0301ع中👩‍👧-"), min_size=1, max_size=20)


@st.composite
def annotated_texts(draw: st.DrawFn) -> AnnotatedText:
    text = draw(texts)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    spans = [Span(a, b, "X") for a, b in pairs if text[a:b] == text[a:b].strip()]
    return done(text, *spans, complete=draw(st.booleans()))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(annotated_texts(), min_size=1, max_size=20))
def test_texts_come_back_exactly_and_every_span_is_kept_or_said(tmp_path_factory, annotated) -> None:
    path = tmp_path_factory.getbasetemp() / "random.spacy"
    receipt = write_file(path, annotated)
    again = list(read_files([path]).texts())
    assert [text.text for text in again] == [text.text for text in annotated]
    for before, after in zip(annotated, again, strict=True):
        doc = NLP.tokenizer(before.text)
        assert after.spans == tuple(s for s in before.spans if doc.char_span(s.start, s.end) is not None)
        if before.complete and after.spans == before.spans:
            assert (after.state, after.complete) == (TextState.DONE, True)
    assert receipt.spans_lost.count == sum(len(t.spans) for t in annotated) - sum(len(t.spans) for t in again)


def test_reads_what_others_put_into_a_docbin(read, tmp_path: Path) -> None:
    doc = Doc(NLP.vocab, words=["Ana", "left", "\n"], ents=["B-PERSON", "O", "O"], tags=["NNP", "VBD", "_SP"])
    doc.cats = {"A": 1.0}
    doc.spans["sc"] = [doc[0:1]]
    edges = NLP.make_doc("Oslo \n")
    edges.ents = [spacy.tokens.Span(edges, 0, 2, label="CITY")]
    DocBin(docs=[doc, NLP.make_doc("unseen"), NLP.make_doc(""), edges]).to_disk(tmp_path / "a.spacy")
    texts, receipt = read(tmp_path / "a.spacy")
    assert [(text.text, text.state, text.spans) for text in texts] == [
        ("Ana left \n ", TextState.DONE, (Span(0, 3, "PERSON"),)),
        ("unseen", TextState.TODO, ()),
        ("Oslo \n", TextState.DONE, (Span(0, 4, "CITY"),)),
    ]
    assert receipt.texts_skipped.first[0].where == "a.spacy:3"
    assert receipt.spans_repaired.first[0].where == "a.spacy:4"
    assert receipt.fields_dropped == {"TAG": 1, "spans: sc": 1}
    assert texts[0].categories == ("A",)


@pytest.mark.parametrize("damage", [lambda b: b[:-9], lambda b: zlib.compress(zlib.decompress(b)[:-40])])
def test_a_damaged_file_is_a_sentence(read, tmp_path: Path, damage) -> None:
    path = tmp_path / "a.spacy"
    write_file(path, [done("Ana left", Span(0, 3, "PERSON"))])
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(UserError, match=r"^a\.spacy is damaged, or not a DocBin of spaCy 3\."):
        read(path, "spacy")


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch, read, made) -> None:
    monkeypatch.setattr("gadget_trainer.formats.spacy_docbin.MOST_BYTES", 2**20)
    content = zlib.compress(b"\x82\xa7version\xa30.1\xa5attrs" + bytes(2**22))
    with pytest.raises(UserError, match=r"^a\.spacy unpacks to more than"):
        read(made("a.spacy", content))


def test_listing_the_formats_does_not_load_spacy() -> None:
    code = (
        "import sys, gadget_trainer.formats.reading, gadget_trainer.formats.writing\n"
        "from gadget_trainer.formats.registry import formats\n"
        "assert len(formats()) >= 5\n"
        "print([name for name in ('spacy', 'numpy', 'thinc', 'PySide6', 'sqlalchemy') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_ids_of_entities_are_counted(read, tmp_path: Path) -> None:
    doc = NLP.make_doc("Ana met Ben")
    doc.ents = [spacy.tokens.Span(doc, 0, 1, label="P", kb_id="Q1", span_id="e1"), spacy.tokens.Span(doc, 2, 3, "P")]
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    _texts, receipt = read(tmp_path / "a.spacy")
    assert receipt.fields_dropped == {"entities: kb_id": 1, "entities: id": 1}
