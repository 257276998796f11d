"""Every kind of difference between the real files and what goes out again of them, how often, and why it is right."""

import re
from collections import Counter
from typing import NamedTuple


class Known(NamedTuple):
    """A kind of difference of a format that has been looked at."""

    format: str
    kind: str
    """A regular expression for the whole of what is printed of it, up to the first case."""
    number: int
    """In all files of ``../shared/data``."""
    reason: str


_IN, _GONE = "field not kept on the way in", "key of the file that is gone"
_TASK = (
    "(allow_skip|cancelled_annotations|comment_authors|comment_count|created_at|drafts|inner_id|"
    "last_comment_updated_at|meta|project|total_annotations|total_predictions|unresolved_comment_count|updated_at|"
    "updated_by)"
)

KNOWN = (
    Known("brat", "meta that are not the same", 25, "The lines of relations and events come in another order."),
    Known("conll", "span lost on the way in: its tag is in no scheme.*", 1369, "“-NEL” and “SOCCERO” are no tags."),
    Known("conll", "not held on the way out: that words.*", 367, "Nor is known what stood where a tag was lost."),
    Known("conll", "text left out on the way out: .*", 1, "Its only tag was lost, so that it is to do."),
    Known("conll", "text that did not come back", 1, "The same text."),
    Known("conll", "line of the file that is gone", 43, "The same text."),
    Known("csv", "line of the file that is gone", 7, "The file was in UTF-16."),
    Known("csv", "line that is new", 4, "It is in UTF-8, and a column says the states."),
    Known("doccano", "record skipped on the way in: it has no text", 1, "A row without the key “text”."),
    Known("doccano", "line of the file that is gone", 3, "That row; the keys of the others are in another order."),
    Known("doccano", "line that is new", 2, "The keys are in another order."),
    Known("doccano", "span repaired on the way in: the same span is there twice.*", 1, "Once is enough."),
    Known("doccano", r"value that is another: \.label", 1, "The span that is there twice."),
    Known("jsonl", f"{_IN}: tokens", 949, "The tokenizer makes them again."),
    Known("jsonl", rf"{_GONE}: \.tokens", 949, "The same."),
    Known("jsonl", rf"{_GONE}: \.spans\[\]\.token_(start|end)", 3808, "They follow from the offsets."),
    Known("jsonl", rf"{_GONE}: \.spans\[\]\.(text|input_hash)", 468, "They follow from the text."),
    Known("jsonl", f"{_IN}: (_task_hash|meta|spans: .*|spans)", 3943, "Rows of one text that said different things."),
    Known("jsonl", "line of the file that is gone", 1800, "A row a question became a row a text."),
    Known("jsonl", "line that is new", 1766, "The same."),
    Known("jsonl", "span (repaired|lost) on the way in: .*", 34, "Several rows answered about one span."),
    Known("jsonl", "not held on the way out: fields of spans that are gone", 4, "They were merged with another span."),
    Known("jsonl", "meta that are not the same", 3, "The same fields."),
    Known("labelstudio", f"{_IN}: {_TASK}", 75, "Who made a task and when is the server's to say."),
    Known("labelstudio", rf"{_GONE}: \.{_TASK}", 75, "The same."),
    Known("labelstudio", f"{_IN}: annotations.*", 55, "Who made an annotation, when, and of what."),
    Known("labelstudio", rf"{_GONE}: \.annotations\[\]\..*", 90, "The same."),
    Known("labelstudio", r"value that is another: \.annotations\[\]\.id", 5, "An annotation has its task's number."),
    Known("labelstudio", r"value that is another: \.predictions", 5, "A number that stood for a prediction elsewhere."),
    Known("labelstudio", f"{_IN}: predictions: model_version", 5, "A prediction that was taken is this project's."),
    Known("labelstudio", r"value that is another: \.predictions\[\]\.model_version", 5, "The same."),
    Known("labelstudio", r"key that is new: \.(id|annotations|predictions)", 25, "A task that goes out has all three."),
    Known("labelstudio", "meta that are not the same", 15, "The same keys."),
    Known("labelstudio", "not held on the way out: that words outside.*", 5, "The tool knows only done texts."),
    Known("spacy-v2", f"{_IN}: (dep|head|tag)", 426, "They are no entities; nothing writes this format again."),
    Known("webanno-tsv", f"{_IN}: (column .*|layer .*)", 63, "Layers that are no spans of the chosen one."),
    Known("webanno-tsv", "line of the file that is gone", 201, "Versions 1 and 2 go out as 3.3."),
    Known("webanno-tsv", "line that is new", 196, "The same."),
    Known("webanno-tsv", "meta that are not the same", 14, "The same."),
    Known("webanno-tsv", "complete that are not the same", 4, "The tool knows only done texts."),
    Known("webanno-tsv", "not held on the way out: that words outside.*", 9, "The same."),
    Known(
        "webanno-tsv",
        "span lost on the way in: a longer or earlier.*",
        30,
        "Spans do not overlap; both go back.",
    ),
    Known("webanno-tsv", "span lost on the way in: another one has the same.*", 4, "The same."),
    Known("webanno-tsv", "span lost on the way in: it has no label.*", 100, "It has no value, and goes back."),
    Known("webanno-tsv", "span lost on the way in: its end is not.*", 12, "It has no length, and goes back."),
    Known("webanno-tsv", "span repaired on the way in: the same span.*", 6, "Stacked spans that are alike."),
    Known("yedda", "span repaired on the way in: spaces at its edges.*", 20, "Spans begin and end with a sign."),
)


def unknown(found: Counter[tuple[str, str]]) -> list[str]:
    """What nobody has looked at, of the kinds that were found in each format, or is there more or less often."""
    sentences: list[str] = []
    rest = Counter(found)
    for known in KNOWN:
        fitting = [one for one in rest if one[0] == known.format and re.fullmatch(known.kind, one[1])]
        number = sum(rest.pop(one) for one in fitting)
        if number != known.number:
            sentences.append(f"{known.format}: {number:,} × {known.kind}, and not {known.number:,}")
    return [f"{name}: {number:,} × {kind}, which is new" for (name, kind), number in rest.items()] + sentences
