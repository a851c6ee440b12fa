"""Every kind of noise that copies of papers have, each in a small paper of our own."""

import pytest

from delegations.papers.structure import ReadPaper
from delegations.words import PassageKind
from tests.papers.conftest import locators, read_text

HEAD = "# Two Harbours\n\n*Ada Anker*\n\n## Ships\n\n"


def anker(body: str) -> ReadPaper:
    return read_text(HEAD + body, "Ada Anker")


def texts(body: str) -> dict[str, str]:
    return locators(anker(body))


def kinds(paper: ReadPaper) -> dict[str, str]:
    return {passage.locator: passage.kind for passage in paper.passages}


# Paragraphs


def test_a_paragraph_cut_by_a_page_is_one_again() -> None:
    found = texts("The keeper counts the ships that come from\n\nthe north before noon.\n\nThen he sleeps.")
    assert found == {
        "Anker, Ships, paragraph 1": "The keeper counts the ships that come from the north before noon.",
        "Anker, Ships, paragraph 2": "Then he sleeps.",
    }


def test_a_cut_before_a_name_is_mended_and_a_lost_full_stop_is_not_taken_for_one() -> None:
    cut = "The keeper has counted every single vessel that came into the harbour from Northeast"
    assert len(texts(f"{cut}\n\nAsia since the war.")) == 1
    lost = "The keeper has counted every single vessel that came into the harbour from the north"
    assert len(texts(f"{lost}\n\nWhile he counts, nobody sleeps; not even while it rains.")) == 2


def test_notes_rules_arrows_and_page_numbers_between_the_halves_do_not_part_them() -> None:
    body = (
        "The keeper counts the ships that\n\n---\n\n1 Boje, *Oil*, 1997.\n\n12\n\n➣\n\ncome from the north.<sup>1</sup>"
    )
    found = texts(body)
    assert found["Anker, Ships, paragraph 1"] == "The keeper counts the ships that come from the north.¹"
    assert found["Anker, note 1"] == "Boje, Oil, 1997."


def test_a_page_that_ends_with_a_sentence_does_not_part_the_paragraph_where_its_last_line_is_full() -> None:
    line = "The keeper counts the ships by day and the lamps by night alone.\n"
    body = line * 12 + "\n7\n\n" + "Nobody thanks him for it, and nobody ever asks him for the sums.\n" + line * 12
    assert len(texts(body)) == 1


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("They agreed on multi-\nlateral talks.", "They agreed on multilateral talks."),
        ("It was a Sino-\nAmerican matter.", "It was a Sino-American matter."),
        ("A well-known ship; a well-\nknown port.", "A well-known ship; a well-known port."),
        ("Both short-\nand long-term plans.", "Both short- and long-term plans."),
        ("No com-promise: a compromise was refused.", "No compromise: a compromise was refused."),
        ("The co\u00adoperation of ﬁshers.", "The cooperation of fishers."),
    ],
)
def test_words_cut_at_line_ends_are_whole_again(cut: str, whole: str) -> None:
    assert list(texts(cut).values()) == [whole]


def test_markup_is_taken_off_and_the_words_stay() -> None:
    body = "The ***Gull*** and the *Tern* cost \\$300 &amp; more.<br> See <http://example.org/x_y_z>."
    assert list(texts(body).values()) == ["The Gull and the Tern cost $300 & more. See <http://example.org/x_y_z>."]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    page = "\n\nHarbour Papers 4\n\nThe keeper counts ship number {n} today and goes home.\n\n{n}\n"
    paper = anker("".join(page.format(n=n) for n in range(1, 6)))
    assert len(paper.passages) == 5
    assert any("strays" in line for line in paper.report.lines)


# Headings


def test_a_heading_that_is_running_text_is_text() -> None:
    body = (
        "The two coasts agreed that the harbour should be dredged by both of\n\n"
        "## them before the winter storms, and\n\nthat nobody should be asked to pay alone."
    )
    paper = anker(body)
    assert len(paper.passages) == 1
    assert any("running text" in line for line in paper.report.lines)


def test_a_paper_without_marked_headings_is_parted_by_lines_that_stand_like_headings() -> None:
    text = (
        "Two Harbours\n\nBy Ada Anker\n\nThe harbour lies between two coasts.\n\nII. WHO PAYS\n\n"
        "Nobody pays alone.\n\nA Modest Proposal for Both Coasts\n\nShare it by tonnage."
    )
    assert list(locators(read_text(text, "Ada Anker"))) == [
        "Anker, Two Harbours, paragraph 1",
        "Anker, Who Pays, paragraph 1",
        "Anker, A Modest Proposal for Both Coasts, paragraph 1",
    ]


def test_chapters_have_their_authors_and_capitals_are_eased() -> None:
    text = (
        "# HARBOURS OF THE NORTH\n\nPrinted by the institute.\n\n# PREFACE: WHY HARBOURS MATTER\n\n#### Cem Celik.\n\n"
        "Ships need NEACD.\n\n# LAMPS AND THE NEACD\n\nANKER Ada\n\nLamps burn.\n\n## Oil\n\nOil is dear.\n"
    )
    found = locators(read_text(text, "Ada Anker; Cem Celik (editor)"))
    assert list(found) == [
        "Front matter, paragraph 1",
        "Front matter, paragraph 2",
        "Celik, Preface, paragraph 1",
        "Anker, Lamps and the NEACD, paragraph 1",
        "Anker, Oil, paragraph 1",
    ]


def test_a_bare_country_and_a_repeated_heading_take_the_one_above_with_them() -> None:
    body = "One.\n\n# Agendas\n\n### Japan\n\nTwo.\n\n### Costs\n\nThree.\n\n# Remedies\n\n### Costs\n\nFour.\n"
    assert list(texts(body)) == [
        "Anker, Ships, paragraph 1",
        "Anker, Agendas, Japan, paragraph 1",
        "Anker, Costs, paragraph 1",
        "Anker, Remedies, Costs, paragraph 1",
    ]


def test_a_table_of_contents_is_left_out_and_said() -> None:
    paper = anker("Ships ........ 3\nDepths ....... 7\nWho pays ..... 11\n\nThe harbour lies between two coasts.")
    assert [passage.text for passage in paper.passages] == ["The harbour lies between two coasts."]
    assert any("table of contents" in line for line in paper.report.lines)


# Lists


def test_a_list_whose_first_items_lost_their_numbers_is_numbered_again() -> None:
    body = "China should:\n\n- keep the lamps;\n- 2. share the charts;\n- send pilots; and\n- 4. wait.\n"
    paper = anker(body)
    assert [passage.locator for passage in paper.passages][1:] == [f"Anker, Ships, {number}" for number in range(1, 5)]
    assert set(kinds(paper).values()) == {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM}


def test_a_list_that_jumps_keeps_its_numbers_and_the_jump_is_said() -> None:
    paper = anker("They asked for:\n\n1) lamps;\n2) oil;\n4) wicks.\n")
    assert [passage.locator for passage in paper.passages][1:] == [
        "Anker, Ships, 1",
        "Anker, Ships, 2",
        "Anker, Ships, 4",
    ]
    assert any("jumps from 2 to 4" in line for line in paper.report.lines)


def test_a_second_list_under_the_same_heading_is_told_apart() -> None:
    body = "First:\n\n1. lamps;\n2. oil.\n\nThen:\n\n1. wicks;\n2. glass.\n"
    assert list(texts(body)) == [
        "Anker, Ships, paragraph 1",
        "Anker, Ships, 1",
        "Anker, Ships, 2",
        "Anker, Ships, paragraph 2",
        "Anker, Ships, list 2, 1",
        "Anker, Ships, list 2, 2",
    ]


def test_a_list_without_numbers_goes_on_with_the_paragraphs() -> None:
    found = texts("They want:\n\n- lamps that burn;\n- oil.\n\nThat is all.")
    assert list(found) == [f"Anker, Ships, paragraph {number}" for number in range(1, 5)]


def test_a_list_inside_a_sentence_is_a_list_beside_its_paragraph() -> None:
    paper = anker("They asked for; 1) lamps for all; 2) dear oil and; 4) a wick of wool. Nobody answered.")
    found = locators(paper)
    assert found["Anker, Ships, paragraph 1"].endswith("Nobody answered.")
    assert found["Anker, Ships, paragraph 1, 2"] == "dear oil"
    assert found["Anker, Ships, paragraph 1, 4"] == "a wick of wool"
    assert any("jumps from 2 to 4" in line for line in paper.report.lines)


def test_years_and_bracketed_numbers_make_no_list() -> None:
    assert len(texts("In 1997. The year was wet.\n\nArticle 6) of the treaty and article 9) stand.")) == 2


# Footnotes and tables


@pytest.mark.parametrize(
    "note",
    [
        "<sup>1</sup>Bo Boje, *Lamps*, 1997.",
        "<sup>&lt;sup>1</sup>Bo Boje, *Lamps*, 1997.",
        "[^1]: Bo Boje, *Lamps*, 1997.",
        "¹ Bo Boje, *Lamps*, 1997.",
        "---\n\n1 Bo Boje, *Lamps*, 1997.",
    ],
)
def test_footnotes_in_every_markup_stand_apart(note: str) -> None:
    paper = anker(f"Lamps are old.<sup>1</sup>\n\n{note}\n\nOil is new.")
    assert kinds(paper)["Anker, note 1"] == PassageKind.FOOTNOTE
    assert locators(paper)["Anker, note 1"] == "Bo Boje, Lamps, 1997."
    assert locators(paper)["Anker, Ships, paragraph 2"] == "Oil is new."


def test_a_note_with_a_star_stands_apart() -> None:
    assert texts("Lamps are old.\\*\n\n<sup>\\*</sup>Very old.")["Anker, note *"] == "Very old."


def test_a_note_that_lost_its_number_and_one_cut_by_a_page_are_found_among_notes() -> None:
    body = (
        "Lamps are old.\n\n<sup>1</sup>Bo Boje, *Lamps* (Oslo: Harbour\n\nOil is new.\n\nPress, 1996).\n\n"
        '<sup>2</sup>Ibid.\n\nCem Celik, "Oil," *Fuel*, May 1997, p. 4.\n\n## Wicks\n\nWicks are wool.'
    )
    found = texts(body)
    assert found["Anker, note 1"] == "Bo Boje, Lamps (Oslo: Harbour Press, 1996)."
    assert found["Anker, note 3"].startswith("Cem Celik")
    assert found["Anker, Ships, paragraph 2"] == "Oil is new."


def test_a_bare_number_behind_a_sentence_is_the_mark_of_a_known_note_only() -> None:
    found = texts('They said "lamps," 1 and left in 97. Nobody counted to 3.\n\n<sup>1</sup>Bo Boje, 1997.')
    assert found["Anker, Ships, paragraph 1"] == 'They said "lamps,"¹ and left in 97. Nobody counted to 3.'


def test_lists_in_the_cells_of_a_table_are_rows_by_row_and_column() -> None:
    body = (
        "See the table.\n\n<Lamps by Coast>\n\n\tSoon\tLate\nNorth\t<ul style='x'> <li>*oil</li> <li>wicks</li> </ul>\t"
        "<ul><li>glass</li></ul>\nSouth\t<ul><li>oil</li></ul>\t<ul><li>wool</li></ul>\n\nThat is all."
    )
    assert list(texts(body).items())[1:6] == [
        ("Anker, Table: Lamps by Coast, North, Soon, 1", "oil"),
        ("Anker, Table: Lamps by Coast, North, Soon, 2", "wicks"),
        ("Anker, Table: Lamps by Coast, North, Late, 1", "glass"),
        ("Anker, Table: Lamps by Coast, South, Soon, 1", "oil"),
        ("Anker, Table: Lamps by Coast, South, Late, 1", "wool"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Coast | Lamps |\n|---|---|\n| North | 3 |\n| South | 5 |",
        "Coast\tLamps\nNorth\t3\nSouth\t5",
        "<table><tr><th>Coast</th><th>Lamps</th></tr>\n<tr><td>North</td><td>3</td></tr>"
        "<tr><td>South</td><td>5</td></tr></table>",
    ],
)
def test_a_plain_table_gives_one_passage_a_row(table: str) -> None:
    found = list(texts(f"See below.\n\n{table}").items())[1:]
    assert found == [
        ("Anker, Ships, table, row 1", "Coast: North; Lamps: 3"),
        ("Anker, Ships, table, row 2", "Coast: South; Lamps: 5"),
    ]


def test_known_slips_of_recognition_are_said_and_kept() -> None:
    paper = anker("In 1997 Kim Jong II was not seen at the harbour.")
    assert "Kim Jong II" in paper.passages[0].text
    assert any("Kim Jong II" in line and "Kim Jong Il" in line for line in paper.report.lines)
