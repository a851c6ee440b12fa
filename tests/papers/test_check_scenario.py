"""Is an exercise fit to play? The shipped ones are, against the shared papers; a lacking one says what it lacks."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from delegations.library import newest_scenarios
from delegations.models import Scenario
from tests.delegations.conftest import change, folder, load, scenario, talks
from tests.papers.conftest import AUTHORS, shared_file
from tests.programs import ROOT

__all__ = ["change", "folder", "load", "scenario", "talks"]
pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("check_scenario", *arguments, stdout=out)
    return out.getvalue()


def test_the_shipped_exercises_are_complete_and_every_source_leads_somewhere() -> None:
    call_command("load_scenarios", str(ROOT / "fixtures"), stdout=StringIO())
    for slug in AUTHORS:
        call_command("import_paper", str(shared_file(slug)), "--slug", slug, stdout=StringIO(), stderr=StringIO())
    said = told()
    for scenario_row in newest_scenarios():
        assert f"{scenario_row.slug}, version {scenario_row.version}: complete" in said


def test_what_is_lacking_is_said_and_fails(scenario: Scenario) -> None:
    Scenario.objects.filter(pk=scenario.pk).update(missing=["injects.toml: there are 0 injects; write at least 8."])
    with pytest.raises(CommandError, match="to mend"):
        told(scenario.slug)


def test_a_paper_that_is_not_here_is_named(scenario: Scenario) -> None:
    Scenario.objects.filter(pk=scenario.pk).update(missing=[])
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_scenario", scenario.slug, stdout=out)
    assert "is not imported: manage.py import_paper FILE --slug" in out.getvalue()


def test_an_unknown_exercise_is_said_so() -> None:
    with pytest.raises(CommandError, match="There is no exercise"):
        told("none")
