"""A base that finds gadgets, and texts that teach it places."""

import spacy
from gadget_corpus import annotated
from test_loop import train_and_save

from gadget_trainer.training.predict import Predictor
from gadget_trainer.training.run import TrainingRun
from gadget_trainer.training.settings import TrainingSettings

_PLACES = ("Paris", "Oslo", "Rome", "Lima")


def made_base(folder):
    """A pipeline that finds gadgets, with a tokenizer of its own and a further component."""
    words = ("iPhone", "Kindle", "Switch", "Pixel")
    names = ("Ana", "Bo", "Cy", "Di", "Ed", "Fay", "Gus", "Hal", "Ida", "Jo", "Kim", "Lea", "Mo", "Ned", "Ora")
    texts = []
    for number in range(60):
        text = f"I bought my {words[number % 4]} from {names[number // 4]}."
        texts.append(annotated(text, (12, 12 + len(words[number % 4]), "GADGET"), id=number))
    settings = TrainingSettings(output=folder, language="xx", iterations=3, batch_size=40, held_out=0.0, dropout=0.1)
    train_and_save(TrainingRun(lambda: texts, settings))
    nlp = spacy.load(folder)
    nlp.tokenizer.add_special_case("inOslo", [{"ORTH": "in"}, {"ORTH": "Oslo"}])
    nlp.add_pipe("sentencizer", first=True)
    nlp.to_disk(folder)
    return folder


def place_texts():
    """Texts with both, in which the places are highlighted."""
    texts = []
    for number in range(40):
        place, gadget = _PLACES[number % 4], ("Kindle", "Switch")[number % 2]
        text = f"I bought my {gadget} in {place} {'abcdefghij'[number // 4] * 2}."
        start = text.index(place)
        texts.append(annotated(text, (start, start + len(place), "PLACE"), id=number))
    return texts


def found(folder, text):
    return [(text[span.start : span.end], span.label) for span in Predictor(folder).predict(text)]
