"""One browser for these tests, a context for each person in it, the real server behind it.

The browser belongs to this package, not to the run: while Playwright is on, its event loop counts as running in the
main thread, and tests elsewhere that start a loop of their own would fail.
"""

import shutil
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, expect, sync_playwright

from tests.browser.people import LAPTOP, PATIENCE, QUIET, Person
from tests.programs import Served

Cast = Callable[..., Person]
PEOPLE = pytest.StashKey[list[Person]]()  # of a test, for what is told of it when it failed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.served)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a test failed, tell what each person's browser did."""
    report = yield
    if report.failed:
        for number, person in enumerate(item.stash.get(PEOPLE, []), start=1):
            person.trail.end()
            report.sections.append((f"trail of person {number}, {person.base_url}", str(person.trail)))
    return report


@pytest.fixture(scope="package")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        yield playwright.chromium


@pytest.fixture(scope="package")
def browser(chromium: BrowserType, chromium_path: str) -> Iterator[Browser]:
    """Debian's Chromium; none is ever downloaded."""
    browser = chromium.launch(executable_path=chromium_path, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory, prepared_var: Path) -> Iterator[Served]:
    """One server for all tests that neither restart it nor count what is in it."""
    var = tmp_path_factory.mktemp("house")
    shutil.copytree(prepared_var, var, dirs_exist_ok=True)
    with Served(var) as server:
        yield server.start()


@pytest.fixture(scope="package")
def signed_in(browser: Browser, house: Served) -> Any:
    """The moderator's signed-in state; the printed link opens only once."""
    person = Person(browser, house.base_url)
    person.signs_in(house.sign_in_link)
    state = person.context.storage_state()
    person.check()
    person.context.close()
    return state


@pytest.fixture
def cast(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Cast]:
    """Somebody new with a device of their own: `cast()`, `cast(PHONE)`, `cast(base_url=server.base_url)`.

    When the test is over, nothing may have gone wrong behind anybody's back.
    """
    people: list[Person] = []
    request.node.stash[PEOPLE] = people

    def newcomer(device: Mapping[str, Any] = LAPTOP, *, base_url: str = "", **more: Any) -> Person:
        url = base_url or request.getfixturevalue("house").base_url
        people.append(Person(browser, url, device, **more))
        return people[-1]

    yield newcomer
    for person in people:
        person.context.close()
    for person in people:
        person.check()


@pytest.fixture
def moderator(cast: Cast, signed_in: Any) -> Person:
    """The moderator of the house, signed in, at a laptop."""
    return cast(storage_state=signed_in)
