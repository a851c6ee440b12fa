"""A moderator opens a room from an exercise, finds their rooms again, takes the chair, sets up the projector."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from delegations.formats import format_as_json, in_format, usually_present
from delegations.library import all_formats, find_scenario
from delegations.models import Scenario
from delegations.snapshot import snapshot
from neacd.errors import show_refusal, status_of
from rooms import access, forms, retention
from rooms.actions import act
from rooms.domain import injects
from rooms.domain.attribution import RULES
from rooms.domain.refused import Refused
from rooms.domain.room import OpenRoom
from rooms.models import Event, Room
from rooms.viewing import viewer_of

TITLE_LENGTH = 120
LONGEST_ITEM = 240  # minutes


@login_required
@require_GET
def list_rooms(request: HttpRequest) -> HttpResponse:
    """The moderator's own rooms, newest first."""
    moment = Event.objects.filter(room=OuterRef("origin"), seq=OuterRef("origin_seq")).values("at")
    rooms = (
        Room.objects.filter(opened_by_id=request.user.pk)
        .select_related("scenario", "origin")
        .annotate(origin_at=Subquery(moment))
        .order_by("-created_at")
    )
    return render(request, "rooms/list.html", {"rooms": rooms})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_room(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the format, adjust the agenda, choose delegations and rules, open the room."""
    scenario = find_scenario(slug=slug)
    if scenario is None or scenario.outline:
        refused = Refused("not_playable", "This exercise is only an outline so far. Choose another from the library.")
        return show_refusal(request, refused)
    try:
        table = _table(request, snapshot(scenario))
    except Refused as refused:
        return show_refusal(request, refused)
    if request.method != "POST":
        return _form(request, scenario, table, None)
    try:
        room = _open(request, scenario, table.plan)
    except Refused as refused:
        return _form(request, scenario, table, refused)
    return redirect("rooms:chair", code=room.code)


@dataclass(frozen=True)
class Table:
    """The exercise as it is to be played: in its own format, or in one that was chosen from `formats`."""

    plan: Mapping[str, Any]
    formats: list[Mapping[str, Any]]
    own_name: str
    chosen: Mapping[str, Any] | None

    def present(self) -> list[str]:
        """The delegations that the form begins with."""
        return usually_present(self.plan, self.chosen or {"delegations": ()})


def _table(request: HttpRequest, plan: Mapping[str, Any]) -> Table:
    own = plan["format"]["name"]
    formats: list[Mapping[str, Any]] = [format_as_json(row) for row in all_formats() if row.name != own]
    slug = (request.POST if request.method == "POST" else request.GET).get("format", "")
    chosen = next((one for one in formats if one["slug"] == slug), None)
    if slug and chosen is None:
        raise Refused("unknown_format", "There is no such format here. Go back and choose one from the list.")
    return Table(in_format(plan, chosen) if chosen else plan, formats, own, chosen)


def _form(request: HttpRequest, scenario: Scenario, table: Table, refused: Refused | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    plan = table.plan
    in_use = posted.getlist("delegation") if posted else table.present()
    delegations = [
        {**one, "in_use": one["code"] in in_use, "seats": _seats_to_choose(one, posted)} for one in plan["delegations"]
    ]
    agenda = [
        {
            **item,
            "keep": f"keep-{item['id']}" in posted if posted else True,
            "minutes": posted.get(f"minutes-{item['id']}", item["minutes"]) if posted else item["minutes"],
        }
        for item in plan["agenda"]
    ]
    context = {
        "scenario": scenario,
        "plan": plan,
        "table": table,
        "delegations": delegations,
        "agenda": agenda,
        "rules": RULES,
        "title": posted.get("title", "") if posted else plan["title"],
        "attribution": posted.get("attribution", "") if posted else plan["format"]["attribution"],
        "keep_days": posted.get("keep_days", "") if posted else str(settings.KEEP_NAMES_DAYS),
        "keep_choices": [str(days) for days in sorted({*retention.CHOICES, settings.KEEP_NAMES_DAYS})],
        "automatic": posted is not None and "automatic_admission" in posted,
        "assessment": posted is None or "assessment_record" in posted,
        "injects": _injects(plan, in_use),
        "arm_injects": posted is None or "arm_injects" in posted,
        "refused": refused,
    }
    return render(request, "rooms/open.html", context, status=status_of(refused) if refused else 200)


def _injects(plan: Mapping[str, Any], in_use: Collection[str]) -> dict[str, int]:
    """How many injects the exercise has for these delegations, and how many of them go out by themselves."""
    prepared = injects.for_whom_is_there(plan, in_use)
    return {"prepared": len(prepared), "planned": sum(1 for one in prepared if one["when"] != injects.BY_HAND)}


def _open(request: HttpRequest, scenario: Scenario, plan: Mapping[str, Any]) -> Room:
    title = " ".join(forms.clean_text(request.POST.get("title", "")).split()) or plan["title"]
    if len(title) > TITLE_LENGTH:
        raise Refused("too_long", f"Use at most {TITLE_LENGTH} characters for the title.", field="title")
    command = OpenRoom(
        title,
        {**plan, "agenda": _agenda(request, plan), "delegations": _delegations(request, plan)},
        tuple(request.POST.getlist("delegation")),
        request.POST.get("attribution", ""),
        "assessment_record" in request.POST,
        "automatic_admission" in request.POST,
        "arm_injects" in request.POST,
    )
    with transaction.atomic():  # with its first events and its chair, or not at all: nobody else can be in it yet
        room = access.new_room(title, scenario, request.user)
        room.keep_days = _days(request.POST)
        room.save(update_fields=["keep_days"])
        act(room.pk, "", command)
        access.join(room, _name_of(request.user), "moderator", user=request.user)
    return room


def _days(posted: Any) -> int | None:
    """For how long the names shall be kept, if the form says so; None for as long as this installation does."""
    chosen = posted.get("keep_days", "") if posted else ""
    if chosen in ("", str(settings.KEEP_NAMES_DAYS)):
        return None
    if chosen not in {str(one) for one in retention.CHOICES}:
        raise Refused("unknown_length", "Choose one of the lengths that are offered for keeping names.")
    return int(chosen)


def _name_of(user: Any) -> str:
    """The moderator's name as the room shows it; they can be called by their account's name."""
    return str(user.get_full_name() or user.get_username())[: access.NAME_LENGTH]


def _seats_to_choose(delegation: Mapping[str, Any], posted: Any) -> list[dict[str, Any]]:
    chosen = posted.getlist("seat") if posted and "seat" in posted else None
    return [{**seat, "in_use": chosen is None or seat["id"] in chosen} for seat in delegation["seats"]]


def _delegations(request: HttpRequest, plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The delegations with the seats that this class uses; a form that names none means all of them."""
    chosen = request.POST.getlist("seat")
    if not chosen:
        return list(plan["delegations"])
    kept = []
    for one in plan["delegations"]:
        seats = [seat for seat in one["seats"] if seat["id"] in chosen]
        if not seats and one["code"] in request.POST.getlist("delegation"):
            raise Refused("seats_needed", f"Keep at least one seat of {one['name']}, or leave {one['name']} out.")
        kept.append({**one, "seats": seats})
    return kept


def _agenda(request: HttpRequest, plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The planned items that were kept, with the minutes the moderator gave them."""
    kept = []
    for item in plan["agenda"]:
        if f"keep-{item['id']}" not in request.POST:
            continue
        minutes = forms.whole_number(request.POST.get(f"minutes-{item['id']}", ""), LONGEST_ITEM)
        if not minutes:
            raise Refused("minutes_range", f"Plan 1 to {LONGEST_ITEM} whole minutes for “{item['title']}”.")
        kept.append({**item, "minutes": minutes})
    if not kept:
        raise Refused("agenda_needed", "Keep at least one item on the agenda.")
    return kept


@login_required
@require_GET
def take_chair(request: HttpRequest, code: str) -> HttpResponse:
    """The moderator's way into their own room, on any device they are signed in on."""
    room = get_object_or_404(Room, code=code, opened_by=request.user)
    chair = get_object_or_404(room.participants, user=request.user, role="moderator", revoked=False)
    response = redirect("rooms:room", code=code, pid=chair.pid)
    access.remember(request, response, chair)
    return response


@require_POST
def open_projector(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """A screen for the wall, opened from the moderator's console."""
    try:
        if not access.is_same_origin(request):
            raise Refused("foreign_page", "That came from another page. Open the projector from the console.")
        viewer = viewer_of(request, code, pid)
        if not viewer.moderates:
            raise Refused("not_moderator", "Only the moderator opens the projector.")
        participant = access.join(viewer.room, "Projector", "projector")
    except Refused as refused:
        return show_refusal(request, refused)
    response = redirect("rooms:room", code=code, pid=participant.pid)
    access.remember(request, response, participant)
    return response
