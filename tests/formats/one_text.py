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
    chosen = FileChoice(path, **choice)
    reading = Import(((chosen, chosen.reader()),), labels or {})
    (text,) = reading.texts()
    return text._replace(meta=json.loads(json.dumps(text.meta))), reading.receipts[0]
