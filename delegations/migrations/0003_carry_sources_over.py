"""Sources move from their own columns into one list for each line; a brief becomes its paragraphs.

Going back, a line keeps its first source where that is a place in a paper, else it counts as exercise design; what
format 1 has no place for is lost.
"""

from django.db import migrations

SOURCED = ("Issue", "PackItem", "PackPosition")


def forward(apps, schema_editor):
    papers = dict(apps.get_model("delegations", "Paper").objects.values_list("pk", "slug"))
    cited = {}
    for name in SOURCED:
        for row in apps.get_model("delegations", name).objects.all():
            row.sources = [_source(row, papers)]
            row.save(update_fields=["sources"])
            if row.paper_id:
                cited.setdefault((_scenario_of(row), row.paper_id))
    orders = {}
    for scenario, paper in cited:
        orders[scenario] = orders.get(scenario, -1) + 1
        values = {"scenario_id": scenario, "paper_id": paper, "order": orders[scenario]}
        apps.get_model("delegations", "CitedPaper").objects.create(**values)
    for scenario in apps.get_model("delegations", "Scenario").objects.all():
        parts = [part for part in scenario.brief.split("\n\n") if part]
        for order, text in enumerate(parts):
            values = {"scenario": scenario, "kind": "brief", "order": order, "text": text, "sources": []}
            apps.get_model("delegations", "Paragraph").objects.create(**values)


def _source(row, papers):
    if row.source_kind == "design":
        return {"kind": "design"}
    return {"kind": "paper", "paper": papers[row.paper_id], "locator": row.locator, "anchor": row.anchor}


def _scenario_of(row):
    return row.scenario_id if hasattr(row, "scenario_id") else row.pack.delegation.scenario_id


def back(apps, schema_editor):
    papers = dict(apps.get_model("delegations", "Paper").objects.values_list("slug", "pk"))
    for name in SOURCED:
        for row in apps.get_model("delegations", name).objects.all():
            first = row.sources[0] if row.sources else {}
            from_paper = first.get("kind") == "paper" and first["paper"] in papers
            row.source_kind = "paper" if from_paper else "design"
            row.paper_id = papers[first["paper"]] if from_paper else None
            row.locator = first["locator"] if from_paper else ""
            row.anchor = first["anchor"] if from_paper else ""
            row.save(update_fields=["source_kind", "paper", "locator", "anchor"])
    for scenario in apps.get_model("delegations", "Scenario").objects.all():
        brief = apps.get_model("delegations", "Paragraph").objects.filter(scenario=scenario, kind="brief")
        scenario.brief = "\n\n".join(brief.order_by("order").values_list("text", flat=True))
        scenario.save(update_fields=["brief"])


class Migration(migrations.Migration):

    dependencies = [
        ("delegations", "0002_scenario_folders_format_2"),
    ]

    operations = [
        migrations.RunPython(forward, back),
    ]
