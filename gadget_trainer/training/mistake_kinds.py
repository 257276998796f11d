"""How a pipeline's reading differs from the person's, and what they said to it."""

from enum import StrEnum


class Kind(StrEnum):
    """How a prediction differs from the person's annotation."""

    MISSED = "missed"
    INVENTED = "invented"
    OTHER_LABEL = "another label"
    OTHER_EDGES = "other edges"
    CATEGORY = "another category"
    """Of the whole text."""


class Decision(StrEnum):
    """What a person said to a mistake."""

    OPEN = "open"
    """Nothing yet."""
    KEPT = "kept yours"
    TAKEN = "took the model’s"
    CHANGED = "changed"
    """The annotation is a third one now, or the text is gone."""
