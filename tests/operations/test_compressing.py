"""Pages and files are compressed, save where the length could tell another site something."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from neacd.compressing import Compressed

PAGE = "<p>Nothing is agreed until everything is agreed.</p>" * 100


def answer(response: HttpResponseBase | None = None, *, https: bool = False, **headers: str) -> HttpResponseBase:
    def page(request: HttpRequest) -> HttpResponseBase:
        return response or HttpResponse(PAGE)

    asked = RequestFactory().get("/", headers={"Accept-Encoding": "gzip", **headers}, secure=https)
    return Compressed(page)(asked)


def packed(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Encoding") == "gzip"


@pytest.mark.parametrize("https", [True, False])
def test_a_page_that_its_reader_asked_for_is_compressed(https: bool) -> None:
    for site in ("same-origin", "none"):
        response = answer(https=https, **{"Sec-Fetch-Site": site})
        assert packed(response)
        assert isinstance(response, HttpResponse)
        assert gzip.decompress(response.content).decode() == PAGE
        assert int(response.headers["Content-Length"]) == len(response.content) < len(PAGE) / 5
        assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize("https", [True, False])
@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything"])
def test_a_page_that_another_site_asked_for_is_not(site: str, https: bool) -> None:
    assert not packed(answer(https=https, **{"Sec-Fetch-Site": site}))


def test_a_browser_that_does_not_tell_gets_it_plain_where_the_line_is_closed() -> None:
    assert not packed(answer(https=True))
    assert packed(answer(https=False))


def test_the_same_page_has_not_the_same_length_twice() -> None:
    lengths = {answer(**{"Sec-Fetch-Site": "same-origin"}).headers["Content-Length"] for _ in range(40)}
    assert len(lengths) > 1


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(PAGE, content_type="application/pdf"),
        HttpResponse(PAGE, headers={"Content-Encoding": "br"}),
        HttpResponse(PAGE, status=404),
    ],
)
def test_what_would_not_gain_is_left_as_it_is(response: HttpResponse) -> None:
    before = response.content
    answer(response, **{"Sec-Fetch-Site": "same-origin"})
    assert response.content == before


def test_who_cannot_read_it_gets_it_plain() -> None:
    assert not packed(answer(**{"Sec-Fetch-Site": "none", "Accept-Encoding": "identity"}))


@pytest.mark.django_db
def test_styles_and_scripts_are_compressed_whoever_asks(client: Client) -> None:
    for path in ("/static/bundled/room.css", "/static/bundled/room.js", "/static/neacd/favicon.svg"):
        plain = b"".join(client.get(path))
        for _ in range(2):
            response = client.get(path, headers={"Accept-Encoding": "gzip", "Sec-Fetch-Site": "cross-site"})
            body = b"".join(response)
            assert packed(response), path
            assert gzip.decompress(body) == plain
            assert int(response.headers["Content-Length"]) == len(body)
        again = client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
