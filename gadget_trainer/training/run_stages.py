"""What a run does before its first iteration and after its last, as its records say it. Knows no spaCy.

Only what takes the longer the more texts there are; the check before a run measures it.
"""

from enum import StrEnum


class Stage(StrEnum):
    """The ``message`` of the records with which such work begins."""

    NOTING = "Noting what the base knows"
    TEXTS = "Preparing the texts"
    MIXING = "Mixing in what the base knows"
    FILES = "Writing the training files"
    MODEL = "Building the model"
    EXAMPLES = "Building the examples"
    TRYING = "Trying it on texts"


MOST_TRIED = 50
"""Texts that a saved pipeline is tried on."""
