"""Words begin and end where their script lets them: also where nothing stands between two words."""

import pytest

from gadget_trainer.corpus.matches import Wanted, WantedExamples
from gadget_trainer.corpus.records import AnnotatedText
from gadget_trainer.corpus.word_edges import FIRST_UNSPACED, is_unspaced

PLACES = [
    ("苹果", "我喜欢苹果手机，苹果很好。", [3, 8]),
    ("アップル", "新しいアップルを買う。アップル", [3, 11]),
    ("iPhone", "我喜欢iPhone手机, an iPhone, iPhones, eiPhone", [3, 16]),
    ("กาแฟ", "ฉันชอบกาแฟและกาแฟ", [6, 13]),
    ("ກາເຟ", "ຂ້ອຍມັກກາເຟ", [7]),
    ("กา", "กา กาแฟ กา\u0e34", [0, 3]),  # the mark belongs to the last letter
    ("ក", "កខ\u17d2ក", [0]),  # the second stands below the letter before it
    ("15", "2015年15月15", [5, 8]),
    ("北京", "北京大学 and北京", [0, 8]),
    ("e", "e\u0301 e", [3]),
]


@pytest.mark.parametrize(("words", "text", "places"), PLACES)
def test_whole_words_are_found_in_every_script(project, words, text, places):
    outcome = project.imports.add_texts([AnnotatedText(text)], "one")
    text_id = project.read.newest_text_id()
    assert outcome is not None
    for wanted in (Wanted(words, "GADGET"), WantedExamples({"GADGET": [words]})):
        found = [one for _share, part in project.matches.find(wanted) for one in part if one.text_id == text_id]
        assert [one.start for one in found] == places
    *_rest, (_share, counts) = project.surfaces.unlabelled([words])
    assert counts == {words: len(places)}


def test_no_character_before_the_thai_ones_is_written_without_spaces():
    assert not any(is_unspaced(chr(one)) for one in range(ord(FIRST_UNSPACED)))
