"""A moderator with a draft of a small exercise, another moderator, and ways to press what the pages show."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from delegations.loading import store_papers
from delegations.models import Draft
from delegations.paper_files import parse_papers
from tests.delegations.conftest import FILES, PAPERS

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SHIPPED = sorted(path.name for path in (FIXTURES / "scenarios").glob("[!._]*") if path.is_dir())


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files, named as they stand."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return held.getvalue()


def harbour(**changed: str) -> bytes:
    """The small exercise as a zip; a changed file is named with two underscores for its dot."""
    files = {**FILES, **{name.replace("__", "."): content for name, content in changed.items()}}
    return packed({f"harbour-talks/{name}": content for name, content in files.items()})


def shipped(slug: str) -> bytes:
    folder = FIXTURES / "scenarios" / slug
    files = [path for path in folder.rglob("*") if path.is_file()]
    return packed({f"{slug}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in files})


class _Fields(HTMLParser):
    """What a browser would send of the forms of a page, without any button."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.select = self.area = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.select = given["name"]
            self.found[self.select] = [""]
        elif tag == "option" and "selected" in given:
            self.found[self.select] = [given["value"]]
        elif tag == "textarea":
            self.area, self.text = given["name"], []
        elif (
            tag == "input"
            and given.get("name")
            and (given.get("type") not in ("checkbox", "radio") or "checked" in given)
        ):
            self.found.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self.area] = ["".join(self.text)]


def fields_of(html: str) -> dict[str, list[str]]:
    parser = _Fields()
    parser.feed(html)
    return {name: values for name, values in parser.found.items() if name != "csrfmiddlewaretoken"}


@dataclass
class Desk:
    """A moderator at work on a draft. Every form is sent as its page was shown, with what is typed in place."""

    client: Client
    pk: int

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.pk)

    @property
    def content(self) -> dict[str, Any]:
        return dict(self.draft.content)

    def address(self, rest: str = "") -> str:
        return f"/drafts/{self.pk}/{rest}"

    def page(self, rest: str = "") -> str:
        response = self.client.get(self.address(rest))
        assert response.status_code == 200, rest
        return response.content.decode()

    def form(self, rest: str) -> dict[str, list[str]]:
        return fields_of(self.page(f"pages/{rest}"))

    def press(self, rest: str, do: str = "save", **typed: Any) -> Any:
        return self.send(rest, {**self.form(rest), "do": do}, **typed)

    def send(self, rest: str, form: Mapping[str, Any], **typed: Any) -> Any:
        """`typed`: fields by name, their hyphens written as two underscores."""
        data = {**form, **{name.replace("__", "-"): value for name, value in typed.items()}}
        return self.client.post(self.address(f"pages/{rest}"), data)

    def write(self, rest: str, **typed: Any) -> None:
        response = self.press(rest, **typed)
        assert response.status_code == 302, response.content.decode()

    def publish(self) -> Any:
        return self.client.post(self.address("publish/"), {"revision": self.draft.revision}, follow=True)


@pytest.fixture
def papers(db: None, tmp_path: Path) -> None:
    (tmp_path / "papers.toml").write_text(PAPERS)
    store_papers(papers=parse_papers(tmp_path / "papers.toml"))
    store_papers(papers=parse_papers(FIXTURES / "papers.toml"))


@pytest.fixture
def moderator(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("ada"))
    return client


@pytest.fixture
def other(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("bo"))
    return client


@pytest.fixture
def bring(papers: None, moderator: Client) -> Callable[[bytes], Desk]:
    """Import a zip as the moderator does, and sit down to its draft."""

    def brought(data: bytes) -> Desk:
        response = moderator.post("/drafts/import/", {"file": io.BytesIO(data)})
        assert response.status_code == 302, response.content.decode()
        return Desk(moderator, int(response["Location"].strip("/").rpartition("/")[2]))

    return brought


@pytest.fixture
def desk(bring: Callable[[bytes], Desk]) -> Desk:
    return bring(harbour())
