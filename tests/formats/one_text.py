"""A file of one text, imported as somebody chose, for what has to come back to its tool."""

import json
from pathlib import Path

from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.formats.reading import FileChoice, Import
from gadget_trainer.formats.receipt import Receipt


def imported(
    path: Path, labels: dict[str, str | None] | None = None, **choice: object
) -> tuple[AnnotatedText, Receipt]:
    """The one text, as a project keeps it, and the receipt."""
    (text,), receipt = imported_all(path, labels, **choice)
    return text._replace(meta=json.loads(json.dumps(text.meta))), receipt


def imported_all(
    path: Path, labels: dict[str, str | None] | None = None, **choice: object
) -> tuple[list[AnnotatedText], Receipt]:
    """The texts of a file, and the receipt."""
    chosen = FileChoice(path, **choice)
    reading = Import(((chosen, chosen.reader()),), labels or {})
    return list(reading.texts()), reading.receipts[0]
