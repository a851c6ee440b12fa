"""Papers and the search are for moderators; one passage also for whoever has its key. Nothing is shown unescaped."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from delegations.models import Paper, Passage
from delegations.papers.links import address, passage_link
from delegations.papers.storing import Facts, import_text
from tests.papers.pdfs import pdf

pytestmark = pytest.mark.django_db

TEXT = (
    "# Two Harbours\n\n*Ada Anker*\n\n## Ships\n\nThe ferries pass <script>alert(1)</script> twice. "
    "Seoul and Tokyo do, "
    "Kim Jong II does not.\n\nBeijing, Seoul and Tokyo wait.\n\n## Lamps\n\nTokyo pays for oil.\n"
)


@pytest.fixture
def paper(db: None) -> Paper:
    return import_text(text=TEXT, facts=Facts(slug="two", year=1998, authors="Ada Anker"), name="two.md").paper


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(User.objects.create_user("chair"))
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", ["/papers/", "/papers/two/", "/search/?q=ferries"])
def test_a_stranger_is_asked_to_sign_in(client: Client, paper: Paper, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_a_stranger_cannot_import(client: Client) -> None:
    client.post("/papers/", {"file": SimpleUploadedFile("two.md", TEXT.encode()), "year": "1998"})
    assert not Paper.objects.exists()


def test_a_passage_opens_for_moderators_and_with_its_own_key_only(paper: Paper) -> None:
    first, second = paper.passages.order_by("id")[:2]
    stranger = Client()
    assert stranger.get(f"/papers/two/passages/{first.pk}/").status_code == 403
    assert stranger.get(f"/papers/two/passages/{first.pk}/?key={first.pk}:forged").status_code == 403
    link = address(passage=first, slug="two")
    assert "ferries pass" in page(stranger, link)
    assert stranger.get(link.replace(f"/{first.pk}/", f"/{second.pk}/")).status_code == 403


def test_the_link_of_a_source_leads_to_its_passage(paper: Paper) -> None:
    source = {"kind": "paper", "paper": "two", "locator": "Anker, Lamps, paragraph 1", "anchor": "pays for oil"}
    assert "Tokyo pays for oil." in page(Client(), passage_link(source))
    assert passage_link(source | {"anchor": "a moon of cheese"}) == ""
    assert passage_link({"kind": "design"}) == ""
    assert passage_link(source | {"paper": "unknown"}) == ""


def test_a_passage_stands_with_its_citation_and_its_slips(moderator: Client, paper: Paper) -> None:
    first = paper.passages.order_by("id")[0]
    html = page(moderator, f"/papers/two/passages/{first.pk}/")
    assert "Ada Anker, Two Harbours (1998), “Ships,” para. 1." in html
    assert "read Kim Jong Il" in html
    assert "<html" in html


def test_a_request_from_a_page_gets_the_passage_alone(moderator: Client, paper: Paper) -> None:
    first = paper.passages.order_by("id")[0]
    response = moderator.get(f"/papers/two/passages/{first.pk}/", headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith("<article")
    assert "HX-Request" in response["Vary"]


def test_a_passage_that_was_replaced_says_so(moderator: Client, paper: Paper) -> None:
    assert moderator.get("/papers/two/passages/99999/").status_code == 404


def test_markup_in_a_paper_is_shown_as_text(moderator: Client, paper: Paper) -> None:
    for path in ("/papers/two/", "/search/?q=ferries", f"/papers/two/passages/{paper.passages.order_by('id')[0].pk}/"):
        html = page(moderator, path)
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_paper_is_read_by_numbered_passages_with_anchors(moderator: Client, paper: Paper) -> None:
    html = page(moderator, "/papers/two/")
    for passage in paper.passages.all():
        assert f'id="p{passage.pk}"' in html
        assert passage.locator in html


def test_a_paper_can_be_filtered_by_what_its_passages_are_about(moderator: Client, paper: Paper) -> None:
    html = page(moderator, "/papers/two/?about=rok")
    assert "Tokyo pays for oil" not in html
    assert "2 of 3 passages speak of Republic of Korea" in html


def test_a_search_marks_the_words_and_leads_to_the_passage(moderator: Client, paper: Paper) -> None:
    html = page(moderator, "/search/?q=oil")
    assert "<mark>oil</mark>" in html
    assert f"/papers/two/#p{Passage.objects.get(text__contains='oil').pk}" in html


def test_a_query_is_shown_as_text(moderator: Client) -> None:
    assert "<script>alert" not in page(moderator, "/search/?q=%3Cscript%3Ealert(1)%3C/script%3E")


def test_a_moderator_imports_a_file_and_reads_it(moderator: Client) -> None:
    file = SimpleUploadedFile("two.md", TEXT.encode())
    response = moderator.post("/papers/", {"file": file, "year": "1998", "authors": "Ada Anker"}, follow=True)
    assert response.redirect_chain == [("/papers/anker-1998/", 302)]
    assert "Imported, 3 passages." in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "year", "said"),
    [
        ("scan.pdf", pdf([[], []]), "1998", "OCR"),
        ("photo.txt", b"\0\1\2" * 100, "1998", "not text"),
        ("big.txt", b"word " * 5_000_000, "1998", "20 MB"),
        ("two.md", TEXT.encode(), "soon", "not a year"),
        ("two.md", TEXT.encode(), "", "year was not found"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_a_sentence(
    moderator: Client, name: str, content: bytes, year: str, said: str
) -> None:
    response = moderator.post(
        "/papers/", {"file": SimpleUploadedFile(name, content), "year": year, "title": "Kept <b>"}
    )
    assert response.status_code == 400
    assert said in response.content.decode()
    assert 'value="Kept &lt;b&gt;"' in response.content.decode()
    assert not Paper.objects.exists()


def test_no_file_is_told_so(moderator: Client) -> None:
    assert "Choose the paper" in moderator.post("/papers/", {"year": "1998"}).content.decode()


def test_a_known_paper_without_text_asks_for_a_copy(moderator: Client) -> None:
    Paper.objects.create(slug="bare", title="Bare", authors="Bo Boje", year=1999)
    assert "its text is not here" in page(moderator, "/papers/")
    assert "Import a copy" in page(moderator, "/papers/bare/")


def test_pages_take_a_constant_number_of_queries(
    moderator: Client, paper: Paper, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        page(moderator, "/papers/two/")
    with django_assert_max_num_queries(5):
        page(moderator, "/papers/")
