"""Names are found whole, in their case, the longest first, and "the South" only where Korea is spoken of."""

import pytest

from delegations.papers.gazetteer import KINDS, shipped_gazetteer


def named(text: str, around: str = "") -> list[str]:
    return [mention.entry.key for mention in shipped_gazetteer().mentions(text, around=around)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Seoul's envoys met those of the ROK in South Korea.", ["rok", "rok", "rok"]),
        ("Pyongyang and the D.P.R.K. are one; so is the DPRK.", ["dprk", "dprk", "dprk"]),
        ("Beijing told Washington, and the U.S. told Moscow.", ["prc", "usa", "usa", "rus"]),
        ("KEDO met; so did the Korean Peninsula Energy Development Organization.", ["kedo", "kedo"]),
        ("SEOUL AND PYONGYANG", ["rok", "dprk"]),
    ],
)
def test_one_thing_is_found_by_any_of_its_names(text: str, keys: list[str]) -> None:
    assert named(text) == keys


@pytest.mark.parametrize("text", ["He let us in.", "A seoulful song", "An Americanist", "kedo is a word", "an eu"])
def test_parts_of_words_and_small_letters_are_not_names(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The Democratic People's Republic of Korea answered.", ["dprk"]),
        ("The Democratic Party of Japan won.", ["dpj"]),
        ("The Washington Post reported it.", []),
        ("A ship in the South China Sea.", []),
        ("The North Korean people live north of South Korea.", ["dprk", "rok"]),
        ("The Pyongyang Declaration stands.", ["pyongyang-declaration"]),
    ],
)
def test_of_overlapping_names_the_longest_wins(text: str, keys: list[str]) -> None:
    assert named(text) == keys


def test_north_and_south_are_korean_only_where_korea_is_spoken_of() -> None:
    assert named("The South grew rich while the North did not.") == []
    assert named("The South grew rich while the North did not.", around="The Korean conflict") == ["rok", "dprk"]
    assert named("Seoul waits. The North answers, and the South is glad.") == ["rok", "dprk", "rok"]
    assert named("Koreans in the South Pacific and the North Atlantic") == ["korea"]


def test_a_sentence_between_two_words_parts_them() -> None:
    assert named("They went South. Korea was far.") == ["rok", "korea"]


def test_a_slip_of_recognition_still_names_the_person() -> None:
    assert named("Kim Jong II smiled.") == ["kim-jong-il"]
    assert shipped_gazetteer().misreadings(["Kim Jong II, Kim Jong II"]) == [("Kim Jong Il", "Kim Jong II", 2)]


def test_what_a_passage_is_about_comes_most_often_named_first() -> None:
    about = shipped_gazetteer().about("Tokyo and Japan met Beijing.")
    assert [entry.key for entry in about] == ["jpn", "prc"]


def test_only_bare_countries_are_taken_for_countries() -> None:
    gazetteer = shipped_gazetteer()
    assert gazetteer.is_country("The Democratic People's Republic of Korea")
    assert gazetteer.is_country("JAPAN")
    assert not gazetteer.is_country("Japan and its neighbours")


def test_the_shipped_list_has_one_entry_a_key_and_known_contexts() -> None:
    gazetteer = shipped_gazetteer()
    keys = [entry.key for entry in gazetteer.entries]
    assert len(set(keys)) == len(keys)
    assert {entry.kind for entry in gazetteer.entries} == set(KINDS)
    assert {entry.context for entry in gazetteer.entries if entry.in_context} <= set(gazetteer.contexts)
