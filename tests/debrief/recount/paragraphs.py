"""The paragraphs of a text, in its order, with every wording and the row that brought it."""

from typing import Any

from tests.debrief.recount.raw import Raw, Row

SECTIONS = ("preambular", "operative", "annex")


def paragraphs_of(raw: Raw, document: str, upto: int | None = None) -> dict[str, dict[str, Any]]:
    """By id, in the order of the text within its sections: `wordings` as (row, author, text, cause), `off` the row that
    took it off or None, `proposer`. `upto`: after so many rows."""
    found: dict[str, dict[str, Any]] = {}
    brackets: dict[str, dict[str, Any]] = {}
    order: list[str] = []
    for row in raw.rows[:upto]:
        if row.get("successor") == document:
            found = _taken_up_again(raw, row)
            order = list(found)
        if row.get("document") != document:
            continue
        name, one = row["_name"], found.get(row.get("paragraph", ""))
        if name == "texts.paragraph_proposed":
            _new(found, order, row["paragraph"], row, row["delegation"], row["text"], row["section"], "proposed")
            if row["after"]:
                _place(order, row["paragraph"], row["after"])
        elif name == "texts.paragraph_moved" and one:
            one["section"] = row["section"]
            _place(order, row["paragraph"], row["after"])
        elif name == "texts.paragraph_revised" and one:
            one["wordings"].append((row, one["proposer"], row["text"], "reworded"))
        elif name == "texts.paragraph_withdrawn" and one:
            one["off"] = row
        elif name == "texts.sponsor_joined" and one:
            one["sponsors"].append(row["delegation"])
        elif name == "texts.sponsor_left" and one:
            one["sponsors"].remove(row["delegation"])
            one["proposer"] = one["sponsors"][0]
        elif name == "brackets.opened":
            brackets[row["bracket"]] = {"paragraph": row["paragraph"], "words": {}}
        elif name in ("brackets.alternative_added", "brackets.bridge_offered"):
            brackets[row["bracket"]]["words"][row["alternative"]] = row.get("delegation", "")
        elif name == "brackets.settled":
            _settle(found[brackets[row["bracket"]]["paragraph"]], brackets[row["bracket"]]["words"], row)
        elif name == "amendments.adopted":
            _amend(raw, found, order, row)
    return {paragraph: found[paragraph] for paragraph in order}


def texts_of(raw: Raw) -> list[tuple[str, Row]]:
    """Every text, also those taken up again, with the row that opened it."""
    opened = raw.all("texts.document_opened", "ratification.text_reopened")
    return [(row.get("successor") or row["document"], row) for row in opened]


def _taken_up_again(raw: Raw, row: Row) -> dict[str, dict[str, Any]]:
    """The paragraphs of a text that failed as those of the next one: all its wordings came with it."""
    old = paragraphs_of(raw, row["document"], row["_n"])
    return {
        paragraph: {
            **one,
            "wordings": [(row, *rest) for _row, *rest in one["wordings"]],
            "sponsors": [*one["sponsors"]],
        }
        for paragraph, one in old.items()
    }


def _new(
    found: dict[str, Any], order: list[str], paragraph: str, row: Row, by: str, text: str, section: str, cause: str
) -> None:
    wordings = [(row, by, text, cause)]
    found[paragraph] = {"wordings": wordings, "off": None, "proposer": by, "sponsors": [by], "section": section}
    order.append(paragraph)


def _place(order: list[str], paragraph: str, after: str) -> None:
    order.remove(paragraph)
    order.insert(order.index(after) + 1 if after in order else 0, paragraph)


def _settle(paragraph: dict[str, Any], authors: dict[str, str], row: Row) -> None:
    if not row["text"]:
        paragraph["off"] = row
    elif row["text"] != paragraph["wordings"][-1][2]:
        paragraph["wordings"].append((row, authors[row["alternative"]], row["text"], "settled"))


def _amend(raw: Raw, found: dict[str, Any], order: list[str], row: Row) -> None:
    its = [one for one in raw.rows[: row["_n"]] if one.get("amendment") == row["amendment"]]
    its = [one for one in its if one["document"] == row["document"]]
    tabled, sponsors = next(one for one in its if one["_name"] == "amendments.tabled"), list[str]()
    text = [one["text"] for one in its if one["_name"] in ("amendments.tabled", "amendments.reworded")][-1]
    for one in its:
        if one["_name"] in ("amendments.tabled", "amendments.cosponsored"):
            sponsors.append(one["delegation"])
        elif one["_name"] in ("amendments.left", "amendments.passed_on"):
            sponsors.remove(one["delegation"])
    if tabled["kind"] == "delete":
        found[row["paragraph"]]["off"] = row
    elif tabled["kind"] == "alter":
        found[row["paragraph"]]["wordings"].append((row, sponsors[0], text, "amended"))
    elif tabled["kind"] == "add":
        _new(found, order, row["paragraph"], row, sponsors[0], text, tabled["section"], "amended")
        _place(order, row["paragraph"], tabled["after"])
    else:
        found[row["paragraph"]]["section"] = tabled["section"] or found[row["paragraph"]]["section"]
        _place(order, row["paragraph"], tabled["after"])


def standing(raw: Raw, document: str, upto: int | None = None) -> list[dict[str, Any]]:
    """Those on the table, as they are read."""
    there = [one for one in paragraphs_of(raw, document, upto).values() if not one["off"]]
    return sorted(there, key=lambda one: SECTIONS.index(one["section"]))
