"""Going on from a moment as a new room: the moderator's page that makes it, and each person's way into it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from neacd.errors import show_refusal, status_of
from rooms import access, forking
from rooms.domain.calls import open_call
from rooms.domain.forking import may_go_on
from rooms.domain.refused import Refused
from rooms.domain.state import RoomState
from rooms.forking import Moment
from rooms.forms import LONGEST_RECORD, whole_number
from rooms.looking_back import kept_private, tape_of, viewer_after
from rooms.viewing import Viewer, viewer_of

MOST = {"cursor": LONGEST_RECORD, "at": 10**15 - 1}  # no record is later
SAME, OTHER = "same", "other"


@require_http_methods(["GET", "HEAD", "POST"])
def fork_room(request: HttpRequest, code: str, pid: str) -> HttpResponse:
    """What a new room from a moment (`?at=` ms, or `?cursor=` of the moderator's own record) will be; and making it."""
    try:
        if request.method == "POST" and not access.is_same_origin(request):
            raise Refused("foreign_page", "That came from another page. Go on from the replay of your own room.")
        viewer = viewer_after(request, code, pid)
        forking.may_fork(viewer)
        moment = _moment(request, viewer)
    except Refused as refused:
        return kept_private(show_refusal(request, refused))
    if request.method != "POST":
        return _page(request, viewer, moment, None)
    try:
        access.count_command(viewer.participant)
        chair = forking.fork(viewer, moment, same_people=_who(request) == SAME, title=_title(request))
    except Refused as refused:
        return _page(request, viewer, moment, refused)
    response = redirect("rooms:room", code=chair.room.code, pid=chair.pid)
    access.remember(request, response, chair)
    return response


def _moment(request: HttpRequest, viewer: Viewer) -> Moment:
    """The moment that is asked for: by an instant, as links of the replay say it, or by a cursor."""
    asked = request.POST if request.method == "POST" else request.GET
    name = "at" if "at" in asked else "cursor"
    number = whole_number(asked.get(name, ""), MOST[name])
    if number is None:
        raise Refused("no_such_moment", "Choose the moment in the replay, and press “Go on from here” there.")
    return forking.moment_of(viewer, **{name: number})


def _who(request: HttpRequest) -> str:
    who = request.POST.get("people", "")
    if who not in (SAME, OTHER):
        raise Refused("people_needed", "Choose who goes on from here: the same people, or others.", field="people")
    return who


def _title(request: HttpRequest) -> str:
    return forking.title_from(request.POST.get("title", ""))


def _page(request: HttpRequest, viewer: Viewer, moment: Moment, refused: Refused | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else {}
    then = tape_of(viewer).state_at(moment.cursor)
    never = _why_never(viewer, moment)
    call = open_call(then)
    context = {
        "viewer": viewer,
        "room": viewer.room,
        "state": then,
        "cursor": moment.cursor,
        "at": moment.at,
        "title": posted.get("title", f"{viewer.picture.state.room.title}, continued")[: forking.TITLE_LENGTH],
        "people": posted.get("people", ""),
        "coming": _coming(viewer, then),
        "same_may": not viewer.room.scope and forking.may_be_named_again(viewer),
        "call": call,
        "meeting": len(then.caucuses.sitting()),
        "refused": refused,
        "never": never,
    }
    refusal = never or refused
    status = status_of(refusal) if refusal else 200
    return kept_private(render(request, "rooms/fork.html", context, status=status))


def _why_never(viewer: Viewer, moment: Moment) -> Refused | None:
    """Why no room can go on from a moment, whoever would be in it; None if one can."""
    try:
        may_go_on(forking.state_at(viewer, moment))
    except Refused as refused:
        return refused
    return None


def _coming(viewer: Viewer, then: RoomState) -> int:
    """How many people of that moment can come into a room with the same people, the moderator not counted."""
    now = viewer.picture.state.seats
    gone = {*now.forgotten, *(one.id for one in now.people.values() if one.removed), viewer.person.id}
    there = [one for one in then.seats.people.values() if not one.removed and one.role != "projector"]
    return 0 if viewer.room.scope else sum(1 for one in there if one.id not in gone)


@require_GET
def enter_fork(request: HttpRequest, code: str, pid: str, fork: str) -> HttpResponse:
    """From a seat in one room to the same seat in the room that goes on from it."""
    try:
        viewer = viewer_of(request, code, pid)
        made = viewer.view.forks.leading_to(fork)
        if made is None:
            raise Refused(
                "unknown_code", "No room of that code goes on from this one. Ask your moderator for the link."
            )
        if not made.same_people:  # the moderator's other room: by the account that made it
            return kept_private(redirect("rooms:chair", code=made.code))
        seat = forking.follow(viewer, made)
    except Refused as refused:
        return kept_private(show_refusal(request, refused))
    if seat is None:  # came later than that moment: in by the door, like everybody new
        return kept_private(redirect("rooms:join", code=made.code))
    response = redirect("rooms:room", code=made.code, pid=seat.pid)
    access.remember(request, response, seat)
    return kept_private(response)


@require_GET
def leave_past(request: HttpRequest, code: str, pid: str, cursor: int, fork: str) -> HttpResponse:
    """The link in a panel of the past leads to where it leads in the room."""
    return redirect("rooms:enter_fork", code=code, pid=pid, fork=fork)
