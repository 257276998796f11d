from pathlib import Path

from gadget_trainer.exporting import every_format, targets
from gadget_trainer.formats.listing import as_markdown, as_text, listed_formats
from gadget_trainer.formats.registry import readers
from gadget_trainer.training.settings import TrainingSettings

README = Path(__file__).parents[2] / "README.md"


def test_every_format_is_listed_with_its_ways():
    listed = {one.name: one for one in listed_formats(every_format())}
    assert {name for name, one in listed.items() if one.comes_in} == {one.name for one in readers()}
    assert {name for name, one in listed.items() if one.goes_out} == {
        one.name for one in targets(TrainingSettings(output=Path()))
    }
    assert all(one.name in as_text(every_format()) for one in listed.values())


def test_the_readme_lists_the_formats_that_there_are():
    table = as_markdown(every_format())
    assert table in README.read_text(encoding="utf-8"), f"put this table into README.md:\n{table}"
