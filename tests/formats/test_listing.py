from pathlib import Path

from gadget_trainer.formats.listing import as_markdown, as_text, listed_formats
from gadget_trainer.formats.registry import readers, writers

README = Path(__file__).parents[2] / "README.md"


def test_every_format_is_listed_with_its_ways():
    listed = {one.name: one for one in listed_formats()}
    assert {name for name, one in listed.items() if one.comes_in} == {one.name for one in readers()}
    assert {name for name, one in listed.items() if one.goes_out} == {one.name for one in writers()}
    assert all(one.name in as_text() for one in listed.values())


def test_the_readme_lists_the_formats_that_there_are():
    assert as_markdown() in README.read_text(encoding="utf-8"), f"put this table into README.md:\n{as_markdown()}"
