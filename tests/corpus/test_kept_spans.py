"""What a person looked at again and kept stays remembered."""

from dataclasses import replace

from gadget_trainer.corpus.project import Project
from gadget_trainer.corpus.records import Span

PHONE = Span(20, 28, "GADGET")


def test_it_survives_a_restart_and_follows_the_labels_name(project, path):
    assert project.kept_spans.all() == frozenset()
    for _time in range(2):
        project.kept_spans.keep(1, PHONE)
    project.kept_spans.keep(2, Span(4, 11, "GADGET"))
    project.kept_spans.keep(2, Span(4, 11, "NO SUCH LABEL"))
    project.close()
    again = Project.open(path)
    assert again.kept_spans.all() == {(1, PHONE), (2, Span(4, 11, "GADGET"))}
    gadget = again.read.labels()[0]
    again.labels.change(replace(gadget, name="THING"))
    assert (1, Span(20, 28, "THING")) in again.kept_spans.all()
    again.labels.delete(gadget.id)
    assert again.kept_spans.all() == frozenset()
    again.journal.undo()
    assert len(again.kept_spans.all()) == 2
    again.close()
