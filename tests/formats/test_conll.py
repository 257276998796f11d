"""Tags on tokens, in every scheme, number of columns and state of repair that real files were seen in."""

from pathlib import Path

import pytest

from gadget_trainer.corpus.records import TextState
from gadget_trainer.formats.registry import recognise

WORDS = ["Ana", "Ruiz", "Oslo", "Ben", "left"]
EXPECTED = [("Ana Ruiz", "PERSON"), ("Oslo", "CITY"), ("Ben", "PERSON")]
SCHEMES = {
    "IOB2": "B-PERSON I-PERSON B-CITY B-PERSON O",
    "IOB1": "I-PERSON I-PERSON I-CITY I-PERSON O",
    "BILUO": "B-PERSON L-PERSON U-CITY U-PERSON O",
    "BIOES": "B-PERSON E-PERSON S-CITY S-PERSON O",
    "BMES": "B-PERSON M-PERSON S-CITY S-PERSON O",
}


def marked(text) -> list[tuple[str, str]]:
    return [(text.text[span.start : span.end], span.label) for span in text.spans]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("middle", ["\t", " ", " NNP ", "\tNNP\t_\t"])
@pytest.mark.parametrize("opening", ["", "-DOCSTART- -X- O O\n\n", "# a comment\n"])
def test_every_scheme_and_number_of_columns(made, read, scheme, middle, opening) -> None:
    lines = [word + middle + tag for word, tag in zip(WORDS, SCHEMES[scheme].split(), strict=True)]
    path = made("a.dat", opening + "\n".join(lines) + "\n\t\n\n" + "\n".join(lines[:2]))
    assert recognise(path).name == "conll"
    texts, receipt = read(path)
    assert [marked(text) for text in texts] == [EXPECTED, EXPECTED[:1]]
    assert [text.text for text in texts] == ["Ana Ruiz Oslo Ben left", "Ana Ruiz"]
    assert {(text.state, text.complete) for text in texts} == {(TextState.DONE, True)}
    assert receipt.remarks.count == 1


def test_touching_spans_of_one_label_stay_two(made, read) -> None:
    (text,), _receipt = read(made("a.dat", "Ana I-PERSON\nRuiz B-PERSON\nOslo I-CITY\n"))
    assert [mention for mention, _label in marked(text)] == ["Ana", "Ruiz", "Oslo"]


def test_damaged_lines_are_counted_with_their_words_kept(made, read) -> None:
    (text,), receipt = read(made("a.dat", "New York\tB-CITY\nOslo\t-NEL\nlone\nBen\tOO\n"), "conll")
    assert text.text == "New York Oslo lone Ben"
    assert marked(text) == [("New York", "CITY")]
    assert receipt.spans_lost.reasons == {"its tag is in no scheme that is known": 2}
    assert not text.complete
    assert receipt.remarks.reasons["the line has no tag, so its word counts as in no span"] == 1


@pytest.mark.parametrize("name", ["ner-token-per-line-conll2003.iob", "ner-token-per-line-with-pos.iob"])
def test_spacys_examples(data: Path, read, name) -> None:
    texts, _receipt = read(data / "conll" / name)
    mentions = {mention for text in texts for mention in marked(text)}
    assert {("Sebastian Thrun", "PERSON"), ("Google", "ORG"), ("2007", "DATE")} <= mentions


def test_spacys_old_json_has_the_same_spans(data: Path, read) -> None:
    from_lines, _receipt = read(data / "conll" / "ner-token-per-line-conll2003.iob")
    texts, receipt = read(data / "conll" / "ner-conll2003.json")
    assert receipt.format_title == "spaCy 2 training JSON"
    assert [each for text in texts for each in marked(text)] == [each for text in from_lines for each in marked(text)]


@pytest.mark.parametrize("name", ["wnut17.conll", "sec_filings.txt", "crossner.txt"])
def test_real_files_are_read_to_the_last_span(data: Path, read, name) -> None:
    path = data / "conll" / name
    lines = [line.split() for line in path.read_text("utf-8").splitlines()]
    tags = [line[-1] if line else "O" for line in lines]
    begins = sum(
        tag[0] == "B" or (tag[0] == "I" and tag[1:] != before[1:])
        for before, tag in zip(["O", *tags], tags, strict=False)
    )
    texts, receipt = read(path)
    assert receipt.format_title.startswith("CoNLL")
    assert begins > 0
    assert receipt.spans_kept == sum(len(text.spans) for text in texts) == begins


def test_doccanos_damaged_file(data: Path, read) -> None:
    texts, receipt = read(data / "doccano" / "invalid.conll")
    assert len(texts) == 3
    assert receipt.spans_kept == 5
    assert receipt.remarks.count + receipt.spans_lost.count == 2
    texts, _receipt = read(data / "doccano" / "trailing.conll")
    assert [len(text.spans) for text in texts] == [2]


def test_a_raw_text_keeps_its_spaces(made, read) -> None:
    tokens = '[{"orth": "Ana", "ner": "U-PERSON"}, {"orth": "moved", "ner": "-"}, {"orth": ".", "ner": "O"}]'
    content = '[{"id": 0, "paragraphs": [{"raw": "Ana  moved.", "sentences": [{"tokens": %s}]}]}]'
    (text,), receipt = read(made("a.json", content % tokens))
    assert (text.text, marked(text), text.complete) == ("Ana  moved.", [("Ana", "PERSON")], False)
    assert receipt.remarks.count == 0


def test_a_tag_that_is_unknown_leaves_the_text_incomplete(made, read) -> None:
    path = made("a.dat", "# id = 1\nAna\tB-PER\nin\t-\nOslo\tB-LOC\n\nBen\tB-PER\nleft\tO\n\nWho\t-\n\n")
    assert recognise(path).name == "conll"
    texts, _receipt = read(path)
    assert [(one.text, len(one.spans), one.state, one.complete) for one in texts] == [
        ("Ana in Oslo", 2, TextState.DONE, False),
        ("Ben left", 1, TextState.DONE, True),
        ("Who", 0, TextState.TODO, False),
    ]
    assert recognise(made("b.txt", "milk -\neggs -\nbread -\n")).name == "txt"
