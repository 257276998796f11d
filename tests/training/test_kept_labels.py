"""What is said of the labels that a base knew."""

import pytest

from gadget_trainer.training.kept_labels import KeptLabel, Reference, warning


def people(after, interval=(0.6, 0.8)):
    return KeptLabel("INGRED", 0.7, after, 100, Reference.PEOPLE, interval)


def base(after, interval):
    return KeptLabel("PERSON", 1.0, after, 100, Reference.BASE, interval)


@pytest.mark.parametrize(
    ("label", "lost"),
    [
        pytest.param(people(0.59), True, id="below what chance leaves it"),
        pytest.param(people(0.61), False, id="within what chance leaves it"),
        pytest.param(people(0.59, (0.2, 0.9)), False, id="too few to say"),
        pytest.param(people(None), False, id="nothing to be found"),
        pytest.param(base(0.3, (0.2, 0.4)), True, id="seldom agrees with the base"),
        pytest.param(base(0.6, (0.4, 0.8)), False, id="may well agree"),
        pytest.param(base(None, None), False, id="the base found nothing"),
    ],
)
def test_a_label_is_lost_when_chance_does_not_explain_it(label, lost):
    assert label.lost is lost
    assert ("lost more than chance explains" in warning([label])) is lost


@pytest.mark.parametrize(
    ("label", "changed"),
    [
        pytest.param(base(0.66, (0.61, 0.71)), True, id="a third is found differently"),
        pytest.param(base(0.78, (0.7, 0.85)), True, id="as much as a pipeline that is as good"),
        pytest.param(base(0.95, (0.9, 0.98)), False, id="all but the same"),
        pytest.param(base(0.6, (0.2, 0.95)), False, id="too few to say"),
        pytest.param(base(0.3, (0.2, 0.4)), False, id="that is a loss"),
        pytest.param(people(0.61), False, id="people marked it"),
        pytest.param(base(None, None), False, id="the base found nothing"),
    ],
)
def test_what_nobody_marked_is_not_called_kept(label, changed):
    assert label.changed is changed
    said = warning([label, people(0.7)])
    assert said.startswith(f"PERSON agrees with the base to F {label.after or 0:.2f} (likely between") is changed
    assert ("because nobody marked PERSON in these texts" in said) is changed


def test_the_warning_says_what_to_do():
    said = warning([people(0.7), people(0.1), base(0.3, (0.2, 0.4))])
    assert said.startswith("INGRED, PERSON lost more than chance explains. INGRED was at F 0.70")
    assert "it is at 0.10" in said
    assert "PERSON agrees with what the base found only to F 0.30" in said
    assert said.endswith("and train again.")
