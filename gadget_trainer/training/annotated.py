"""What the annotating of files tells about itself. Knows no spaCy, so that the window can show it at once."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that could not be read, or not to its end, while files were annotated."""

    path: Path
    reason: str
    """A sentence."""


@dataclass(frozen=True, slots=True)
class Annotating:
    """How far the annotating of files is."""

    texts: int
    spans: int
    words: int
    """Tokens, as the pipeline sees words."""
    seconds: float
    fraction: float
    """Of all that is to be read, 0 to 1."""
    skipped: tuple[SkippedFile, ...] = ()
