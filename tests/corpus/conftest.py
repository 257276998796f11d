"""Projects for the corpus's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import AnnotatedText, Span, TextState

TEXTS = (
    AnnotatedText(
        "How to preorder the iPhone X", (Span(20, 28, "GADGET"),), TextState.DONE, source="a:1", complete=True
    ),
    AnnotatedText("The Pixel 6 camera is 😀 great", source="a:2"),
    AnnotatedText("???", state=TextState.SKIPPED, flagged=True, source="a:3", meta={"who": "Łukasz"}),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "texts.gadget"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    opened = Project.create(path)
    opened.imports.add_texts(TEXTS, "a")
    yield opened
    opened.close()
