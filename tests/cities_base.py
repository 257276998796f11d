"""A base that finds four cities."""

from pathlib import Path

import spacy
from spacy.training import Example
from thinc.api import fix_random_seed

CITIES = ("Oslo", "Lima", "Rome", "Bonn")


def made_base(folder: Path, language: str) -> Path:
    """Save it to the folder."""
    fix_random_seed(0)
    nlp = spacy.blank(language)
    nlp.add_pipe("ner")
    examples = [
        Example.from_dict(nlp.make_doc(f"{who} went to {city}"), {"entities": [(12, 12 + len(city), "CITY")]})
        for who in ("Ana", "Bob", "Cem")
        for city in CITIES
    ]
    nlp.initialize(lambda: examples)
    for _ in range(12):
        nlp.update(examples)
    nlp.to_disk(folder)
    return folder
