"""The door: join by code, link or QR code without an account; come back to a seat; moderators sign in and out."""

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from neacd.errors import show_refusal, status_of
from rooms import access, retention, running_order, showing_people, throttles
from rooms.domain.refused import Refused
from rooms.domain.seats import JoinRoom
from rooms.domain.sight import OBSERVERS, WAITING
from rooms.models import Participant, Room
from rooms.process import folds
from rooms.undecided import UNSURE

# The same whether there is such a name or not.
WRONG = "This password does not belong to this name. Mind capital letters, and try again."


@require_GET
def find_room(request: HttpRequest) -> HttpResponse:
    """From the code somebody typed to that room's door."""
    code = request.GET.get("code", "")
    if not code.strip():
        return render(request, "rooms/find.html", {"code": "", "refused": None})
    try:
        room = access.room_by_code(code, throttles.address_of(request))
    except Refused as refused:
        return render(request, "rooms/find.html", {"code": code[:20], "refused": refused}, status=status_of(refused))
    return redirect("rooms:join", code=room.code)


@require_http_methods(["GET", "HEAD", "POST"])
def join_room(request: HttpRequest, code: str) -> HttpResponse:
    """Name and seat; then into the lobby. No account, no password."""
    try:
        room = access.room_by_code(code, throttles.address_of(request))
    except Refused as refused:
        return render(request, "rooms/find.html", {"code": code[:20], "refused": refused}, status=status_of(refused))
    if request.method == "POST":
        try:
            return _joined(request, room)
        except Refused as refused:
            return _door(request, room, refused)
    return _door(request, room, None)


def _joined(request: HttpRequest, room: Room) -> HttpResponse:
    seat = request.POST.get("seat", "")
    if not seat:
        raise Refused("seat_needed", "Choose a seat, or choose to observe.", field="seat")
    role, seat = ("observer", "") if seat == "observe" else ("delegate", seat)
    throttles.count_join(throttles.address_of(request))
    participant = access.new_participant(room, request.POST.get("name", ""), role)
    response = redirect("rooms:room", code=room.code, pid=participant.pid)
    try:
        access.bring_in(participant, JoinRoom(role, seat))
    except Refused as refused:
        if refused.code != UNSURE:
            raise
        # Whether they are in is seen there, as soon as anything is; another try here would make them twice.
    access.remember(request, response, participant)
    return response


def _door(request: HttpRequest, room: Room, refused: Refused | None) -> HttpResponse:
    # What the door shows is what those who wait may see; nothing that happens inside.
    view = folds.at_head(room.pk, [WAITING]).view(WAITING)
    context = {
        "room": room,
        "state": view,
        "refused": refused,
        "name": request.POST.get("name", "")[: access.NAME_LENGTH],
        "chosen": request.POST.get("seat", ""),
        "held": access.seats_held(request, room),
        "rule": running_order.rule_words(view),
        "keep_days": retention.keep_days(room),
        **showing_people.people(view, OBSERVERS),
    }
    return render(request, "rooms/join.html", context, status=status_of(refused) if refused else 200)


@require_GET
def come_back(request: HttpRequest, code: str, pid: str, ticket: str) -> HttpResponse:
    """A person's own link: the same seat on another device."""
    participant = access.participant_from({}, code, pid, bearer=ticket)
    if participant is None:
        refused = Refused("not_yours_to_see", "This link no longer opens a seat. Ask the moderator for a new one.")
        return show_refusal(request, refused)
    response = redirect("rooms:room", code=code, pid=pid)
    access.remember(request, response, participant)
    return response


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: only to a page of our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else reverse("rooms:list")


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """A moderator signs in by name and password."""
    form = AuthenticationForm(request, data=request.POST or None)
    form.error_messages = {**form.error_messages, "invalid_login": WRONG}
    if request.method == "POST":
        try:
            throttles.check_passwords(throttles.address_of(request))
        except Refused as refused:
            return show_refusal(request, refused)
        if form.is_valid():
            login(request, form.get_user())
            return redirect(_next(request))
        throttles.count_wrong_password(throttles.address_of(request))
    status = 200 if request.method != "POST" else 400
    return render(request, "rooms/sign_in.html", {"form": form, "next": _next(request)}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A moderator signs in by a one-time link. Only the press of the button uses it up, so that a mail program
    looking at the link does not."""
    if request.method != "POST":
        return render(request, "rooms/sign_in_by_link.html")
    try:
        user = access.use_sign_in_link(secret)
    except Refused as refused:
        return show_refusal(request, refused)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """A moderator signs out; their chairs in this browser are given up too."""
    response = redirect("/")
    if request.user.is_authenticated:
        for participant in Participant.objects.filter(user=request.user).select_related("room"):
            response.delete_cookie(access.cookie_name(participant.room.code, participant.pid))
    logout(request)
    return response
