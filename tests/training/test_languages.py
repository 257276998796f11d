"""The list of languages is what ``spacy.blank`` opens."""

import pytest
import spacy

from gadget_trainer.errors import UserError
from gadget_trainer.training.languages import (
    _NAMES,
    _codes,
    languages,
    what_is_missing,
)
from gadget_trainer.training.loading import blank_pipeline


def test_names_are_sorted_and_known():
    names = [language.name for language in languages()]
    assert names == sorted(names)
    assert set(_codes()) == _NAMES.keys(), "a language that spaCy has and the table has not, or the other way round"


def test_every_language_is_on_the_list():
    assert {language.code for language in languages()} == set(_codes())
    assert {"en", "de", "zh", "xx"} <= {language.code for language in languages() if not language.needs}


def test_those_that_need_packages_say_which_and_do_not_open():
    for language in (one for one in languages() if one.needs):
        try:
            spacy.blank(language.code)
        except ImportError:
            continue
        raise AssertionError(f"{language.code} opens without {language.needs}")


def test_those_on_the_list_open():
    # All of them take twenty seconds; these have a tokenizer of their own, or none.
    for code in ("zh", "xx", "bo"):
        assert spacy.blank(code).lang == code


def test_what_is_missing_names_a_language_that_can_cut_such_texts():
    assert what_is_missing("en") == ""
    for language in (one for one in languages() if one.needs):
        said = what_is_missing(language.code)
        assert language.needs in said
        assert "“Chinese”" in said if language.code in ("ja", "th") else "“Several languages”" in said
        with pytest.raises(UserError) as refused:
            blank_pipeline(language.code)
        assert str(refused.value) == said
    assert [token.text for token in spacy.blank("zh")("東京に")] == ["東", "京", "に"]
    assert len(spacy.blank("xx")("東京に")) == 1
