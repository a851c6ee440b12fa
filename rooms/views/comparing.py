"""Runs of one exercise beside each other, for the moderator whose rooms they are."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from neacd.errors import show_refusal, status_of
from rooms import access, figures, throttles
from rooms.debrief import compared, pictures, wording
from rooms.debrief.measures import report
from rooms.debrief.pictures import positions
from rooms.domain.refused import Refused
from rooms.looking_back import kept_private, record_of
from rooms.models import Participant, Room
from rooms.viewing import viewer_for

CODE_LENGTH = 12


@login_required
@require_GET
def compare_rooms(request: HttpRequest) -> HttpResponse:
    """Two to four rooms, named by `room` as often as there are; without any, the runs to choose from."""
    codes = list(dict.fromkeys(one.strip().upper()[:CODE_LENGTH] for one in request.GET.getlist("room") if one.strip()))
    if not codes and "compare" not in request.GET:
        return _choice(request)
    try:
        _check_how_many(codes)
    except Refused as refused:
        return _choice(request, codes, refused)
    try:
        throttles.count_report(f"account-{request.user.pk}")
        runs, chairs = _runs(request, codes)
    except Refused as refused:
        return show_refusal(request, refused)
    comparison = compared.compared(runs)
    paths = {issue.id: [_drawn(run, issue.id) for run in runs] for issue in comparison.issues if any(issue.ends)}
    context = {
        "comparison": comparison,
        "runs": [(run, chairs[run.key]) for run in runs],
        "pids": {code: chair.pid for code, chair in chairs.items()},
        "silent": wording.listed([f"“{issue.title}”" for issue in comparison.issues if not issue.ends]),
        "issues": [(issue, paths.get(issue.id, [])) for issue in comparison.issues],
    }
    response = kept_private(render(request, "rooms/compare.html", context))
    for chair in chairs.values():  # each of its links opens a record: this browser chairs them all
        access.remember(request, response, chair)
    return response


def _check_how_many(codes: Sequence[str]) -> None:
    if len(codes) < 2:
        raise Refused("too_few_rooms", "Choose at least two rooms to hold against each other.")
    if len(codes) > compared.MOST:
        raise Refused("too_many_rooms", f"Choose at most {compared.MOST} rooms; more do not fit beside each other.")


def _choice(request: HttpRequest, codes: Sequence[str] = (), refused: Refused | None = None) -> HttpResponse:
    """The runs to choose from; those that were chosen before stay so."""
    if refused:
        figures.refused(refused.code)
    context = {"exercises": _exercises(request), "chosen": codes, "refused": refused}
    status = status_of(refused) if refused else 200
    return kept_private(render(request, "rooms/compare_choose.html", context, status=status))


def _exercises(request: HttpRequest) -> list[tuple[str, list[Room]]]:
    """The moderator's rooms that have begun, by exercise; those that have company first."""
    rooms = Room.objects.filter(opened_by_id=request.user.pk).exclude(status__in=("", "lobby"))
    by_exercise: dict[str, list[Room]] = defaultdict(list)
    for room in rooms.select_related("scenario").order_by("-created_at"):
        by_exercise[room.scenario.title if room.scenario else "Brought in from elsewhere"].append(room)
    return sorted(by_exercise.items(), key=lambda one: (len(one[1]) < 2, one[0]))


def _runs(request: HttpRequest, codes: list[str]) -> tuple[list[compared.Run], dict[str, Participant]]:
    rooms = {one.code: one for one in Room.objects.filter(opened_by_id=request.user.pk, code__in=codes)}
    if len(rooms) < len(codes):
        raise Refused(
            "not_your_room", "One of these rooms is not yours, or does not exist. Choose from your own rooms."
        )
    chairs = {code: _chair(request, rooms[code]) for code in codes}
    return [_run(rooms[code], chairs[code]) for code in codes], chairs


def _chair(request: HttpRequest, room: Room) -> Participant:
    user: Any = request.user  # signed in: see the decorator
    chair = room.participants.select_related("room").filter(user=user, role="moderator", revoked=False).first()
    if chair is None:
        raise Refused(
            "not_moderator", f"You do not chair “{room.title}” any more, so its record is not yours to compare."
        )
    return chair


def _run(room: Room, chair: Participant) -> compared.Run:
    viewer = viewer_for(chair)
    if not viewer.moderates:
        raise Refused(
            "not_moderator", f"You do not chair “{room.title}” any more, so its record is not yours to compare."
        )
    entries = record_of(viewer)
    origin = viewer.view.forks.origin
    return compared.Run(
        room.code, room.title, report(entries), origin.code if origin else "", origin.moment if origin else None
    )


def _drawn(run: compared.Run, issue_id: str) -> tuple[compared.Run, Any]:
    issue = next(one for one in run.report.issues if one.id == issue_id)
    picture = positions.of_issue(run.report, issue)
    return run, pictures.drawn("positions", picture, linked=False) if picture else ""
