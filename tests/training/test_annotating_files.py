"""Files of texts annotated by a pipeline: what is handed on, what is skipped, how far it is."""

import io
import itertools

import pytest
import spacy
from spacy.tokens import DocBin

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.errors import UserError
from gadget_trainer.training.annotating import DocBinOutlet, TextFiles, annotate
from gadget_trainer.training.predict import Predictor, spans_in


@pytest.fixture
def predictor(tmp_path):
    nlp = spacy.blank("xx")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GADGET", "pattern": "Kindle"}])
    nlp.to_disk(tmp_path / "pipeline")
    return Predictor(tmp_path / "pipeline")


class Kept:
    """Keeps what it is handed."""

    def __init__(self):
        self.rows = []
        self.ended = False

    def add(self, text, docs, found):
        assert found.spans == spans_in(docs)
        self.rows.append((text.text, found.spans))

    def end(self):
        self.ended = True


def read(path):
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line == "broken":
            raise UserError(f"{path.name} is broken.")
        yield AnnotatedText(line)


def files_with(tmp_path, *contents):
    paths = []
    for number, content in enumerate(contents):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(content, encoding="utf-8")
    return TextFiles(paths, read)


def run(generator):
    """What a generator yields, and what it returns."""
    records = []
    while True:
        try:
            records.append(next(generator))
        except StopIteration as end:
            return records, end.value


def test_every_text_is_handed_on_with_its_own_entities_in_order(tmp_path, predictor):
    texts = [f"{'😀' * (number % 3)} my Kindle {number}" if number % 2 else "" for number in range(600)]
    outlet = Kept()
    records, total = run(annotate(predictor, files_with(tmp_path, "\n".join(texts)), outlet))
    assert [text for text, _ in outlet.rows] == texts
    for text, spans in outlet.rows:
        assert [text[span.start : span.end] for span in spans] == (["Kindle"] if text else [])
    assert (total.texts, total.spans, total.skipped) == (600, 300, ())
    tokenizer = spacy.blank("xx").tokenizer
    assert total.words == sum(len(tokenizer(text)) for text in texts)
    assert outlet.ended
    fractions = [record.fraction for record in records]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0
    assert total.fraction == 1


def test_a_file_that_breaks_off_is_counted_and_the_next_one_comes(tmp_path, predictor):
    outlet = Kept()
    _, total = run(annotate(predictor, files_with(tmp_path, "one\nbroken\ntwo", "a Kindle"), outlet))
    assert [text for text, _ in outlet.rows] == ["one", "a Kindle"]
    assert [(file.path.name, file.reason) for file in total.skipped] == [("0.txt", "0.txt is broken.")]


def test_nothing_but_bad_files_is_said(tmp_path, predictor):
    outlet = Kept()
    with pytest.raises(UserError, match=r"nothing was written.* 0.txt is broken\."):
        run(annotate(predictor, files_with(tmp_path, "broken"), outlet))
    assert not outlet.ended


def test_it_can_be_left_between_any_two_records(tmp_path, predictor):
    outlet = Kept()
    records = annotate(predictor, files_with(tmp_path, "\n".join(["my Kindle"] * 5000)), outlet)
    list(itertools.islice(records, 3))
    records.close()
    assert 0 < len(outlet.rows) < 1000
    assert not outlet.ended


def test_a_doc_bin_holds_the_texts_whole_also_those_that_were_read_in_pieces(tmp_path, predictor, monkeypatch):
    monkeypatch.setattr("gadget_trainer.training.predict._BATCH_TOKENS", 7)
    long = "I like my old Kindle a lot. \n" * 20
    stream = io.BytesIO()
    files = TextFiles([tmp_path / "none"], lambda _: iter([AnnotatedText(long), AnnotatedText("A Kindle")]))
    run(annotate(predictor, files, DocBinOutlet(stream)))
    docs = list(DocBin().from_bytes(stream.getvalue()).get_docs(spacy.blank("xx").vocab))
    assert [doc.text for doc in docs] == [long, "A Kindle"]
    assert [ent.text for ent in docs[0].ents] == ["Kindle"] * 20
    assert {ent.label_ for doc in docs for ent in doc.ents} == {"GADGET"}


def test_many_texts_give_what_each_gives_alone(predictor, monkeypatch):
    monkeypatch.setattr("gadget_trainer.training.predict._BATCH_TOKENS", 30)
    texts = ["my Kindle", "", "no " * 50, "Kindle and Kindle", "👍🏿 Kindle\r\n" * 9]
    assert list(predictor.predict_many(texts)) == [predictor.predict(text) for text in texts]
