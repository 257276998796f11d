"""WebAnno's TSV 2, whose layers have a column of tags a feature."""

import pytest

ENTITIES = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
ROWS = "#id=1\n#text=Ana Ruiz ran\n1-1\tAna\t{}B-PER\n1-2\tRuiz\t{}I-PER\n1-3\tran\t{}O\n\n"
IDENTIFIERS = ("B-_\t", "I-_\t", "O\t")


@pytest.mark.parametrize(
    ("head", "others", "dropped"),
    [
        (f" # {ENTITIES} | identifier | value", IDENTIFIERS, {"feature identifier": 1}),
        (f" # {ENTITIES} | value", ("", "", ""), {}),
        (f" # {ENTITIES} | name", ("", "", ""), {}),
        (f" # a.POS | tag # {ENTITIES} | identifier | value", ("N\tB-_\t", "N\tI-_\t", "V\tO\t"), None),
    ],
)
def test_the_label_is_the_value_of_the_entity(made, read, head, others, dropped) -> None:
    (text,), receipt = read(made("a.tsv", f"{head}\n{ROWS.format(*others)}"))
    assert [(text.text[span.start : span.end], span.label) for span in text.spans] == [("Ana Ruiz", "PER")]
    assert receipt.fields_dropped == (dropped if dropped is not None else {"layer POS": 1, "feature identifier": 1})


def test_an_entity_without_a_value_is_counted_as_lost(made, read) -> None:
    content = f" # {ENTITIES} | identifier | value\n" + ROWS.format("B-Q1\t", "I-Q1\t", "O\t").replace("PER", "_")
    (text,), receipt = read(made("a.tsv", content))
    assert (text.spans, text.complete) == ((), False)
    assert receipt.spans_lost.first[0].message == "0–8 “_”: it has no label that can be used"
