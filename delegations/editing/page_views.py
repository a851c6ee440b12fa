"""One page of a draft: its table, or its list and one entry of it at a time. Everything by plain GET and POST."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from delegations.citations import papers_by_slug
from delegations.editing import fields
from delegations.editing.changing import CannotSave, change_order, first_of, put_entry, put_table
from delegations.editing.document import Json
from delegations.editing.drafts import Stale, known_papers, save
from delegations.editing.fields import Around, clean
from delegations.editing.findings import in_words, not_on_entries, on_page
from delegations.editing.pages import Page, all_pages, around, find_page
from delegations.editing.rows import change_rows
from delegations.editing.showing import contents, in_brief, said_on, shown_entries
from delegations.editing.views import STALE, UNREADABLE, own_draft, revision_in
from delegations.models import Draft

SAVES = ("save", "save-add")
PREFILLED = ("issue", "to")  # what a link to a new entry may say of it


def _found(request: HttpRequest, pk: int, name: str) -> tuple[Draft, Page]:
    draft = own_draft(request, pk)
    page = find_page(draft.content, name)
    if page is None:
        raise Http404("There is no such page in this draft.")
    return draft, page


def _frame(draft: Draft, page: Page) -> tuple[Json, Around]:
    """What every page of a draft shows around its middle."""
    near = around(draft.content, code=page.code, papers=known_papers())
    return {"draft": draft, "page": page, "contents": contents(draft, page), "papers": papers_by_slug()}, near


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_page(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    draft, found = _found(request, pk, page)
    if not found.entries:
        return _edit_table(request, draft, found)
    if request.method != "POST":
        return _list(request, draft, found)
    deed, _, place = request.POST.get("do", "").partition(":")
    refused = _try_to_save(request, draft, lambda document: change_order(document, found, deed, place))
    if refused:
        return _list(request, draft, found, refused=f"{refused} The list stands below as it is now.", status=409)
    messages.success(
        request, "Removed. “Undo the last change” on the overview brings it back." if deed == "remove" else "Moved."
    )
    return redirect("delegations:draft-page", pk, page)


def _try_to_save(request: HttpRequest, draft: Draft, change: Callable[[Json], object]) -> str:
    """Why it was not saved, or nothing if it was."""

    def changing(document: Json) -> None:
        change(document)

    try:
        save(draft=draft, revision=revision_in(request), change=changing, at=timezone.now())
    except Stale:
        draft.refresh_from_db()
        return STALE
    except CannotSave as refused:
        return str(refused)
    return ""


def _list(request: HttpRequest, draft: Draft, page: Page, *, refused: str = "", status: int = 200) -> HttpResponse:
    frame, near = _frame(draft, page)
    entries = page.list(draft.content)
    here = on_page(page, [*draft.problems, *draft.missing])
    context = {
        **frame,
        "entries": shown_entries(page, entries, near, here),
        "findings": [in_words(one, page) for one in dict.fromkeys(not_on_entries(page, entries, here))],
        "unwritten": _unwritten(page, entries, near),
        "refused": refused,
    }
    return render(request, "delegations/editing/list.html", context, status=status)


def _unwritten(page: Page, entries: list[Json], near: Around) -> list[tuple[str, str, str]]:
    """The issues or delegations that a pack must speak of and does not yet: key, value and label."""
    key, named = {"position": ("issue", near.issues), "relation": ("to", near.others)}.get(page.entries, ("", ()))
    written = {entry.get(key) for entry in entries}
    return [(key, value, label) for value, label in named if value not in written]


def _edit_table(request: HttpRequest, draft: Draft, page: Page) -> HttpResponse:
    if request.method != "POST":
        return _form(request, draft, page, page.table(draft.content))
    typed = fields.read_entry(page.fields, request.POST)
    refused = _try_to_save(request, draft, lambda document: put_table(document, page, typed))
    if refused:
        return _refuse(request, draft, page, typed, page.table(draft.content), refused)
    messages.success(request, "Saved.")
    return redirect("delegations:draft-page", draft.pk, page.name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_entry(request: HttpRequest, pk: int, page: str, number: int | None = None) -> HttpResponse:
    """One entry of a list; without a number, one that is not there yet."""
    draft, found = _found(request, pk, page)
    if not found.entries:
        raise Http404("This page has no entries.")
    entries = found.list(draft.content)
    there = entries[number - 1] if number and number <= len(entries) else None
    if request.method == "POST":
        return _save_entry(request, draft, found, number)
    if number is not None and there is None:
        raise Http404("There is no such entry any more.")
    begun = {key: clean(request.GET[key]) for key in PREFILLED if key in request.GET}
    return _form(request, draft, found, there or {**first_of(found, draft.content), **begun}, number=number)


def _save_entry(request: HttpRequest, draft: Draft, page: Page, number: int | None) -> HttpResponse:
    do = request.POST.get("do", "save")
    if do not in SAVES:
        typed = change_rows(fields.read_entry(page.fields, request.POST, keep=True), do)
        return _form(request, draft, page, typed, number=number, revision=revision_in(request), unsaved=True)
    typed = fields.read_entry(page.fields, request.POST)
    put: list[int] = []
    refused = _try_to_save(request, draft, lambda document: put.append(put_entry(document, page, number, typed)))
    if refused:
        entries = page.list(draft.content)
        there = entries[number - 1] if number and number <= len(entries) else None
        return _refuse(request, draft, page, typed, there, refused, number=number)
    messages.success(request, "Saved.")
    if do == "save-add":
        return redirect("delegations:draft-new", draft.pk, page.name)
    return HttpResponseRedirect(f"{reverse('delegations:draft-page', args=[draft.pk, page.name])}#entry-{put[0]}")


def _refuse(
    request: HttpRequest,
    draft: Draft,
    page: Page,
    typed: Json,
    there: Json | None,
    refused: str,
    *,
    number: int | None = None,
) -> HttpResponse:
    """The form again with everything that was typed, and beside it what stands there now if that is another."""
    if refused != STALE:
        return _form(request, draft, page, typed, number=number, refused=refused, revision=revision_in(request))
    way_out = (
        f"{STALE} Nothing you typed is lost: compare it with what stands there now, then save again to put it there."
    )
    return _form(request, draft, page, typed, number=number, refused=way_out, there=there or {}, status=409)


def _form(
    request: HttpRequest,
    draft: Draft,
    page: Page,
    entry: Json,
    *,
    number: int | None = None,
    refused: str = "",
    revision: int | None = None,
    unsaved: bool = False,
    there: Json | None = None,
    status: int = 0,
) -> HttpResponse:
    frame, near = _frame(draft, page)
    # On a refused save the form carries the newest revision, so that saving again is a decision and works.
    context = {
        **frame,
        "form": [field.show(entry, "", near) for field in page.fields],
        "number": number,
        "revision": draft.revision if revision is None else revision,
        "refused": refused,
        "unsaved": unsaved,
        "there": _read_back(page, there, near) if there is not None else None,
        "findings": _findings(draft, page, number),
        "next": _next(draft, page),
    }
    return render(request, "delegations/editing/form.html", context, status=status or (UNREADABLE if refused else 200))


def _findings(draft: Draft, page: Page, number: int | None) -> list[str]:
    sentences = [*draft.problems, *draft.missing]
    if not page.entries:
        return said_on(page, sentences)
    if number is None:
        return []
    entries = page.list(draft.content)
    near = around(draft.content, code=page.code, papers=())
    shown = shown_entries(page, entries, near, on_page(page, sentences))
    return shown[number - 1]["findings"] if number <= len(shown) else []


def _read_back(page: Page, there: Json, near: Around) -> Json:
    """What stands in the draft now, to be read beside the form."""
    if page.entries:
        return in_brief(page, there, near)
    parts = [str(there.get(key, "")) for field in page.fields for key in field.keys if there.get(key)]
    return {"heading": page.title, "text": " · ".join(parts), "meta": ""}


def _next(draft: Draft, page: Page) -> Page | None:
    """The page after this one, for who goes through all of them."""
    pages = list(all_pages(draft.content))
    at = next((place for place, one in enumerate(pages) if one.name == page.name), len(pages))
    return pages[at + 1] if at + 1 < len(pages) else None
