"""That a person looked at a text's categories again and left them stays remembered."""

from dataclasses import replace

from gadget_trainer.corpus.project import Project


def test_it_survives_a_restart_and_follows_the_categories_names(tmp_path):
    project = Project.create(tmp_path / "a.gadget")
    for name in ("LAW", "SPORT"):
        project.categories.add(name)
    for _time in range(2):
        project.kept_categories.keep(1, "LAW", "SPORT")
    project.kept_categories.keep(2, None, "LAW")
    project.kept_categories.keep(2, "LAW", "NO SUCH CATEGORY")
    project.close()
    again = Project.open(tmp_path / "a.gadget")
    assert again.kept_categories.all() == again.kept() == {(1, ("LAW", "SPORT")), (2, (None, "LAW"))}
    law, sport = again.categories.all()
    again.categories.change(replace(law, name="COURTS"))
    assert (2, (None, "COURTS")) in again.kept_categories.all()
    again.categories.delete(sport.id)
    assert again.kept_categories.all() == {(2, (None, "COURTS"))}
    again.close()
