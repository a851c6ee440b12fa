"""Drafts as wholes: the list of them, a new one, the overview, publishing, previews, export and import.

Every page asks for an account, and for the draft among its owner's own; to everybody else it does not exist.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from delegations.editing import document as documents
from delegations.editing.changing import CannotSave
from delegations.editing.drafts import Stale, create, drafts_of, find_draft, known_papers, publish, undo
from delegations.editing.fields import as_number, clean
from delegations.editing.folder import judge
from delegations.editing.forms import Import, NewDraft
from delegations.editing.pages import all_pages
from delegations.editing.previews import can_be_shown, pack_context, scenario_context
from delegations.editing.showing import by_page, contents
from delegations.editing.zips import read_zip, write_zip
from delegations.entries import ScenarioProblems
from delegations.library import find_scenario, newest_scenarios
from delegations.models import Draft
from delegations.prepared import PreparedScenario

STALE = "This draft was saved elsewhere after you opened it."
UNREADABLE = 422


def own_draft(request: HttpRequest, pk: int) -> Draft:
    draft = find_draft(owner=request.user, pk=pk)
    if draft is None:
        raise Http404("There is no such draft of yours. Your drafts are listed under Drafts.")
    return draft


def revision_in(request: HttpRequest) -> int:
    """The revision that a form was made from; none that there is if it does not say."""
    number = as_number(request.POST.get("revision", ""))
    return number if isinstance(number, int) else 0


@never_cache
@require_safe
@login_required
def show_drafts(request: HttpRequest) -> HttpResponse:
    base = clean(request.GET.get("base", ""))
    return _drafts_page(request, NewDraft(initial={"base": base}, exercises=_exercises()), Import())


def _exercises() -> list[tuple[str, str]]:
    return [(one.slug, one.title) for one in newest_scenarios()]


def _drafts_page(
    request: HttpRequest, new: NewDraft, import_: Import, *, problems: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    context = {"drafts": drafts_of(request.user).defer("content", "previous"), "new": new, "import": import_}
    return render(request, "delegations/editing/drafts.html", {**context, "problems": problems}, status=status)


@require_POST
@login_required
def begin_draft(request: HttpRequest) -> HttpResponse:
    form = NewDraft(request.POST, exercises=_exercises())
    if not form.is_valid():
        return _drafts_page(request, form, Import(), status=UNREADABLE)
    given = form.cleaned_data
    base = find_scenario(slug=given["base"]) if given["base"] else None
    document = documents.from_scenario(base) if base else documents.blank(slug=given["slug"], title=given["title"])
    document["scenario"]["slug"] = given["slug"]
    document["scenario"]["title"] = clean(given["title"]) or document["scenario"]["title"]
    try:
        draft = create(owner=_user(request), document=document, based_on=base, at=timezone.now())
    except CannotSave as refused:
        form.add_error(None, str(refused))
        return _drafts_page(request, form, Import(), status=UNREADABLE)
    return redirect("delegations:draft", draft.pk)


def _user(request: HttpRequest) -> Any:
    return request.user


@require_POST
@login_required
def import_draft(request: HttpRequest) -> HttpResponse:
    form = Import(request.POST, request.FILES)
    problems: tuple[str, ...] = ()
    if form.is_valid():
        try:
            document = read_zip(form.cleaned_data["file"].read())
            draft = create(owner=_user(request), document=document, based_on=None, at=timezone.now())
            messages.success(request, "The zip is in: this is its draft.")
            return redirect("delegations:draft", draft.pk)
        except ScenarioProblems as found:
            problems = found.problems
        except CannotSave as refused:
            problems = (str(refused),)
    blank = NewDraft(exercises=_exercises())
    return _drafts_page(request, blank, form, problems=problems, status=UNREADABLE)


@never_cache
@require_safe
@login_required
def show_draft(request: HttpRequest, pk: int) -> HttpResponse:
    return overview(request, own_draft(request, pk))


def overview(request: HttpRequest, draft: Draft, *, refused: str = "", status: int = 200) -> HttpResponse:
    context = {
        "draft": draft,
        "contents": contents(draft, None),
        "to_do": by_page(draft, all_pages(draft.content)),
        "refused": refused,
        "earlier": newest_scenarios().filter(slug=draft.slug).first(),
    }
    return render(request, "delegations/editing/draft.html", context, status=status)


@require_POST
@login_required
def publish_draft(request: HttpRequest, pk: int) -> HttpResponse:
    draft = own_draft(request, pk)
    if revision_in(request) != draft.revision:
        return overview(request, draft, refused=f"{STALE} Look it over as it is now, then publish.", status=409)
    try:
        scenario, written = publish(draft=draft)
    except CannotSave as refused:
        return overview(request, draft, refused=str(refused), status=UNREADABLE)
    if not written:
        messages.info(request, f"Version {scenario.version} in the library says the same already.")
        return redirect("delegations:draft", pk)
    kept = " Rooms that are open keep the version they were opened with." if scenario.version > 1 else ""
    messages.success(request, f"Published as version {scenario.version}.{kept}")
    return redirect("delegations:scenario", scenario.slug)


@require_POST
@login_required
def undo_change(request: HttpRequest, pk: int) -> HttpResponse:
    draft = own_draft(request, pk)
    try:
        undo(draft=draft, revision=revision_in(request), at=timezone.now())
    except (CannotSave, Stale) as refused:
        sentence = str(refused) or f"{STALE} Look it over as it is now."
        return overview(request, draft, refused=sentence, status=409)
    messages.success(request, "The last change is taken back. Once more brings it again.")
    return redirect("delegations:draft", pk)


@require_POST
@login_required
def discard_draft(request: HttpRequest, pk: int) -> HttpResponse:
    draft = own_draft(request, pk)
    if not request.POST.get("sure"):
        return overview(request, draft, refused="Tick that you are sure, then discard it.", status=UNREADABLE)
    draft.delete()
    messages.success(request, "The draft is gone. What was published from it stays.")
    return redirect("delegations:drafts")


@never_cache
@require_safe
@login_required
def export_draft(request: HttpRequest, pk: int) -> HttpResponse:
    return _as_zip(own_draft(request, pk).content)


@never_cache
@require_safe
@login_required
def export_scenario(request: HttpRequest, slug: str) -> HttpResponse:
    scenario = find_scenario(slug=slug)
    if scenario is None:
        raise Http404("There is no such exercise. The front page lists those there are.")
    return _as_zip(documents.from_scenario(scenario))


def _as_zip(document: documents.Json) -> HttpResponse:
    name = document["scenario"].get("slug") or "draft"
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return HttpResponse(write_zip(document), content_type="application/zip", headers=headers)


@never_cache
@require_safe
@login_required
def preview_scenario(request: HttpRequest, pk: int) -> HttpResponse:
    draft = own_draft(request, pk)
    scenario = _read(draft)
    if not can_be_shown(scenario):
        return overview(request, draft, refused="Write the rules of the table first, then the page can be shown.")
    return render(request, "delegations/editing/preview_scenario.html", {"draft": draft, **scenario_context(scenario)})


@never_cache
@require_safe
@login_required
def preview_pack(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    draft = own_draft(request, pk)
    context = pack_context(_read(draft), code)
    if context is None:
        raise Http404("There is no such delegation in this draft.")
    return render(request, "delegations/editing/preview_pack.html", {"draft": draft, **context})


def _read(draft: Draft) -> PreparedScenario:
    scenario, _, _ = judge(draft.content, papers=dict(known_papers()))
    if scenario is None:
        raise Http404("This draft cannot be read.")
    return scenario


def page_address(draft: Draft, page: str) -> str:
    return reverse("delegations:draft-page", args=[draft.pk, page])
