"""The API: what each kind of viewer gets and is refused; and nothing in it of what others keep to themselves."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from delegations.models import Scenario
from delegations.snapshot import snapshot
from rooms import access
from rooms.actions import act
from rooms.domain import channels, decisions, floor, positions, seats, speakers, statements, texts
from rooms.domain.adjourning import AdjournSession
from rooms.domain.agenda import StartItem
from rooms.domain.attribution import in_full_words
from rooms.domain.room import CloseSession, OpenRoom, SetAdmission, StartSession
from rooms.models import Answered, Event, Participant, Room

START = 881_107_200_000  # 3 December 1997, 00:00 UTC, in ms
READS = ("", "events/", "texts/", "positions/", "agreements/")
SECRET = "要守住底线 our floor is c"
WHISPER = "ours alone: c will do"


@dataclass
class Talks:
    """A room with a fixed cast; `get` and `post` speak for one of them with their ticket, as a program would."""

    room: Room
    people: dict[str, Participant]

    def do(self, who: str, command: Any, at: int | None = None) -> None:
        act(self.room.pk, self.people[who].pid, command, at=at)

    def address(self, who: str, rest: str = "") -> str:
        return f"/api/rooms/{self.room.code}/{self.people[who].pid}/{rest}"

    def bearer(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {access.ticket_of(self.people[who])}"}

    def ask(self, who: str, rest: str = "", **query: Any) -> Any:
        return Client().get(self.address(who, rest), query, headers=self.bearer(who))

    def get(self, who: str, rest: str = "", **query: Any) -> Any:
        response = self.ask(who, rest, **query)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    def post(self, who: str, command: Any, request_id: str = "", **fields: Any) -> Any:
        body: dict[str, Any] = {"command": command, "data": fields}
        if request_id:
            body["request_id"] = request_id
        return self.send(who, json.dumps(body))

    def send(self, who: str, body: str | bytes) -> Any:
        return Client().post(
            self.address(who, "commands/"), body, content_type="application/json", headers=self.bearer(who)
        )


def refusal(response: Any) -> tuple[int, str]:
    """Status and code; the body has the one shape that all refusals have, and a sentence in it."""
    body = response.json()
    assert set(body) == {"code", "message", "data"}
    assert body["message"].endswith((".", "?"))
    return response.status_code, body["code"]


CAST = {
    "moderator": "moderator",
    "JPN-MFA": "delegate",
    "JPN-MOD": "delegate",
    "PRC-MFA": "delegate",
    "observer": "observer",
}


def talks_of(scenario: Scenario, user: User, at: int | None = None) -> Talks:
    """A room that has begun, with the cast in it and one person outside."""
    room = Room.objects.create(code=access.new_code(), title="Tuesday group", scenario=scenario, opened_by=user)
    opening = OpenRoom("Tuesday group", snapshot(scenario), ("PRC", "JPN", "ROK"), "chatham_house", True, True)
    act(room.pk, "", opening, at=at)
    talks = Talks(room, {})
    for who, role in CAST.items():
        join(talks, who, role, at)
    talks.do("moderator", StartSession(), at)
    talks.do("moderator", SetAdmission(automatic=False), at)
    join(talks, "waiting", "observer", at)
    return talks


def join(talks: Talks, who: str, role: str, at: int | None = None) -> None:
    participant = access.new_participant(talks.room, who, role)
    act(talks.room.pk, participant.pid, seats.JoinRoom(role, who if role == "delegate" else ""), at=at)
    talks.people[who] = participant


def talk(talks: Talks, at: int | None = None) -> None:
    """A little of everything that the whole room sees, and a text adopted."""
    talks.do("moderator", StartItem("i8", ""), at)
    talks.do("JPN-MFA", positions.DeclarePosition("kedo", "d", public=True), at)
    talks.do("JPN-MFA", speakers.AskForFloor("question"), at)
    talks.do("moderator", floor.NextSpeaker(), at)
    talks.do("JPN-MFA", statements.MakeStatement("Who pays for the oil?"), at)
    talks.do("PRC-MFA", texts.ProposeParagraph("Oil comes on time."), at)
    talks.do("moderator", decisions.CallConsensus(2), at)
    talks.do("JPN-MFA", decisions.AnswerCall("c1", "stand_aside", "We have no vote on money."), at)
    talks.do("PRC-MFA", decisions.AnswerCall("c1", "join"), at)


def whisper(talks: Talks, at: int | None = None) -> None:
    """What Japan keeps to itself."""
    talks.do("JPN-MFA", channels.SayInDelegation(SECRET), at)
    talks.do("JPN-MOD", positions.DeclarePosition("kedo", "e", reason=WHISPER), at)


@pytest.fixture
def talks(scenario: Scenario, moderator_user: User) -> Talks:
    return talks_of(scenario, moderator_user)


@pytest.fixture
def talked(talks: Talks) -> Talks:
    whisper(talks)
    talk(talks)
    whisper(talks)
    return talks


# What is prepared


def test_everybody_may_read_the_exercises(client: Client, scenario: Scenario) -> None:
    (line,) = client.get("/api/scenarios/").json()
    assert line["slug"] == scenario.slug
    assert line["delegations"] == ["PRC", "JPN", "ROK", "RUS", "USA", "DPRK"]
    assert not line["outline"]


def test_an_exercise_is_shown_without_anybodys_pack(client: Client, scenario: Scenario) -> None:
    response = client.get(f"/api/scenarios/{scenario.slug}/")
    whole = snapshot(scenario)
    packs = whole.pop("packs")
    for moderators in ("injects", "history", "roadmap"):
        del whole[moderators]
    assert response.json() == whole
    assert all(pack["who"] not in response.content.decode() for pack in packs.values())
    assert "red_lines" not in response.content.decode()


def test_a_pack_is_for_signed_in_moderators(client: Client, scenario: Scenario, moderator_user: User) -> None:
    address = f"/api/scenarios/{scenario.slug}/packs/PRC/"
    assert refusal(client.get(address)) == (403, "not_authenticated")
    client.force_login(moderator_user)
    response = client.get(address)
    assert response.json() == snapshot(scenario)["packs"]["PRC"]
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["scenarios/westphalia-1648/", "scenarios/neacd-vii-tokyo-1997/packs/FRA/"])
def test_what_is_not_prepared_is_not_found(
    client: Client, scenario: Scenario, moderator_user: User, address: str
) -> None:
    client.force_login(moderator_user)
    assert refusal(client.get(f"/api/{address}")) == (404, "not_found")


def test_exercises_cost_the_same_few_queries_whatever_their_size(
    client: Client, scenario: Scenario, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(2):
        client.get("/api/scenarios/")


# Whose rooms


def test_a_moderator_lists_their_own_rooms(client: Client, talks: Talks, moderator_user: User) -> None:
    Room.objects.create(code="OTHERS", title="Somebody else's", opened_by=User.objects.create_user("other"))
    client.force_login(moderator_user)
    code = talks.room.code
    assert client.get("/api/rooms/").json() == [
        {
            "code": code,
            "title": "Tuesday group",
            "status": "live",
            "scenario": "neacd-vii-tokyo-1997",
            "join": f"/join/{code}/",
            "chair": f"/rooms/{code}/chair/",
        }
    ]


def test_rooms_are_listed_for_nobody_else(client: Client, talks: Talks) -> None:
    assert refusal(client.get("/api/rooms/")) == (403, "not_moderator")


# The doors of a room


@pytest.mark.parametrize("rest", [*READS, "debrief/"])
def test_a_stranger_reads_nothing(client: Client, talked: Talks, rest: str) -> None:
    assert refusal(client.get(talked.address("JPN-MFA", rest))) == (403, "not_yours_to_see")
    assert refusal(client.get(f"/api/rooms/ZZZZZZ/p-00000000/{rest}")) == (403, "not_yours_to_see")


@pytest.mark.parametrize("rest", [*READS, "debrief/"])
def test_a_ticket_opens_only_its_own_seat(client: Client, talked: Talks, rest: str) -> None:
    rival = talked.bearer("PRC-MFA")
    assert refusal(client.get(talked.address("JPN-MFA", rest), headers=rival)) == (403, "not_yours_to_see")
    forged = {"Authorization": talked.bearer("JPN-MFA")["Authorization"] + "x"}
    assert refusal(client.get(talked.address("JPN-MFA", rest), headers=forged)) == (403, "not_yours_to_see")


def test_a_stranger_commands_nothing(client: Client, talked: Talks) -> None:
    address = talked.address("JPN-MFA", "commands/")
    body = json.dumps({"command": "ask_for_floor"})
    rival = talked.bearer("PRC-MFA")
    for headers in ({"Origin": "http://testserver"}, rival):
        response = client.post(address, body, content_type="application/json", headers=headers)
        assert refusal(response) == (403, "not_yours_to_see")


@pytest.mark.parametrize("rest", [*READS, "debrief/", "commands/"])
def test_who_was_removed_is_outside(talked: Talks, rest: str) -> None:
    talked.do("moderator", seats.RemovePerson(talked.people["JPN-MOD"].pid))
    answer = talked.post("JPN-MOD", "ask_for_floor") if rest == "commands/" else talked.ask("JPN-MOD", rest)
    assert refusal(answer) == (403, "not_yours_to_see")


def test_a_ticket_that_was_given_anew_closes_the_old_one(talked: Talks) -> None:
    old = talked.bearer("JPN-MFA")
    Participant.objects.filter(pk=talked.people["JPN-MFA"].pk).update(generation=1)
    assert refusal(Client().get(talked.address("JPN-MFA"), headers=old)) == (403, "not_yours_to_see")


def test_the_seats_cookie_opens_it_as_well(client: Client, talked: Talks) -> None:
    participant = talked.people["JPN-MFA"]
    client.cookies[access.cookie_name(talked.room.code, participant.pid)] = access.ticket_of(participant)
    assert client.get(talked.address("JPN-MFA")).json()["you"]["seat"] == "JPN-MFA"


@pytest.mark.parametrize("address", ["", "applause/", "scenarios", "rooms/ZZZZZZ/", "rooms/ZZZZZZ/p-1/applause/"])
def test_an_address_that_does_not_exist_says_so_in_the_same_shape(client: Client, db: None, address: str) -> None:
    assert refusal(client.get(f"/api/{address}")) == (404, "not_found")
    assert refusal(client.post(f"/api/{address}")) == (404, "not_found")


def test_reading_is_not_writing(talked: Talks) -> None:
    response = Client().post(talked.address("JPN-MFA"), headers=talked.bearer("JPN-MFA"))
    assert refusal(response) == (405, "method_not_allowed")


# What each of them reads


@pytest.mark.parametrize("who", ["moderator", "JPN-MFA", "PRC-MFA", "observer"])
def test_the_state_tells_where_the_room_stands(talks: Talks, who: str) -> None:
    talks.do("moderator", StartItem("i5", ""))
    talks.do("JPN-MFA", speakers.AskForFloor("question"))
    told = talks.get(who)
    assert (told["status"], told["title"], told["record"]) == ("live", "Tuesday group", "live")
    assert told["rule"]["words"] == in_full_words("chatham_house")
    assert [item["status"] for item in told["agenda"]][:6] == [*["planned"] * 4, "running", "planned"]
    assert [one["seat"] for one in told["floor"]["queue"]] == ["JPN-MFA"]
    assert told["you"] == {
        "pid": talks.people[who].pid,
        "role": CAST[who],
        "seat": who if CAST[who] == "delegate" else "",
        "delegation": who[:3] if CAST[who] == "delegate" else "",
        "admitted": True,
        "muted": False,
    }


def test_the_state_tells_the_text_and_the_call_that_are_open(talks: Talks) -> None:
    talks.do("moderator", StartItem("i8", ""))
    talks.do("PRC-MFA", texts.ProposeParagraph("Oil comes on time."))
    talks.do("moderator", decisions.CallConsensus(2))
    told = talks.get("JPN-MFA")
    assert told["text"]["status"] == "under_decision"
    paragraph = told["text"]["paragraphs"][0]
    assert (paragraph["id"], paragraph["number"], paragraph["text"]) == ("p1", "1", "Oil comes on time.")
    assert (paragraph["proposer"], paragraph["version"], paragraph["withdrawn"]) == ("PRC", 1, False)
    assert (told["call"]["id"], told["call"]["silent"]) == ("c1", ["PRC", "JPN"])


@pytest.mark.parametrize("who", ["moderator", "JPN-MFA", "waiting"])
def test_the_state_tells_when_an_adjourned_session_goes_on_and_who_chairs(talked: Talks, who: str) -> None:
    talked.do("moderator", AdjournSession("Thursday, 10:15, room 204"))
    told = talked.get(who)
    assert (told["status"], told["resumes"]) == ("adjourned", "Thursday, 10:15, room 204")
    assert told["adjourned_at"] == told["paused_at"] is not None
    assert told["chair"] == talked.people["moderator"].pid


def test_who_waits_is_told_what_the_door_tells(talked: Talks) -> None:
    told = talked.get("waiting")
    assert (told["status"], told["you"]["admitted"]) == ("live", False)
    assert all(item["status"] == "planned" for item in told["agenda"])
    assert (told["text"], told["call"]) == (None, None)
    names = {event["name"] for event in talked.get("waiting", "events/")["events"]}
    assert names == {
        "room.opened",
        "room.session_started",
        "room.admission_set",
        "seats.person_joined",
        "seats.seat_taken",
    }
    assert talked.get("waiting", "agreements/")["agreements"] == []
    assert talked.get("waiting", "positions/")["declared"] == []


@pytest.mark.parametrize("who", ["moderator", "JPN-MFA", "PRC-MFA", "observer", "waiting"])
def test_events_are_numbered_without_a_gap_by_the_viewers_own_cursor(talked: Talks, who: str) -> None:
    told = talked.get(who, "events/")
    numbers = [event["cursor"] for event in told["events"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert told["cursor"] == numbers[-1] == talked.get(who)["cursor"]
    assert "seq" not in json.dumps(told)
    assert not told["more"]


@pytest.mark.parametrize("who", ["moderator", "PRC-MFA", "observer", "waiting"])
@pytest.mark.parametrize("rest", READS)
def test_nothing_that_a_delegation_keeps_to_itself_is_told_to_others(talked: Talks, who: str, rest: str) -> None:
    told = talked.ask(who, rest).content.decode()
    assert SECRET not in told
    assert WHISPER not in told


def test_a_delegation_reads_its_own_channel_pack_and_private_positions(talked: Talks) -> None:
    events = talked.get("JPN-MOD", "events/")["events"]
    packs = [event["data"]["delegation"] for event in events if event["name"] == "room.pack_delivered"]
    assert SECRET in [event["data"].get("text") for event in events]
    assert packs == ["JPN"]
    (private,) = talked.get("JPN-MFA", "positions/")["private"]
    assert (private["issue"], private["preferred"], private["reason"]) == ("kedo", "e", WHISPER)


def test_a_moderator_reads_every_pack_and_no_delegations_talk(talked: Talks) -> None:
    events = talked.get("moderator", "events/")["events"]
    names = [event["name"] for event in events]
    assert names.count("room.pack_delivered") == 3
    assert "channels.said_in_delegation" not in names
    assert talked.get("moderator", "positions/")["private"] == []


@pytest.mark.parametrize("who", ["moderator", "JPN-MFA", "PRC-MFA", "observer"])
def test_public_positions_are_told_to_all_in_the_room(talked: Talks, who: str) -> None:
    told = talked.get(who, "positions/")
    assert [(one["delegation"], one["issue"], one["preferred"]) for one in told["declared"]] == [("JPN", "kedo", "d")]
    assert told["issues"][0]["options"][0]["id"] == "a"


@pytest.mark.parametrize("who", ["moderator", "JPN-MFA", "PRC-MFA", "observer"])
def test_agreements_are_told_as_they_were_adopted(talked: Talks, who: str) -> None:
    (agreement,) = talked.get(who, "agreements/")["agreements"]
    assert agreement["paragraphs"] == [{"id": "p1", "text": "Oil comes on time."}]
    assert (agreement["rule"], agreement["electorate"], agreement["silent"]) == ("consensus", ["PRC", "JPN"], [])
    answers = [(one["delegation"], one["answer"], one["reason"]) for one in agreement["answers"]]
    assert answers == [("JPN", "stand_aside", "We have no vote on money."), ("PRC", "join", "")]


def test_what_is_read_is_kept_by_no_cache(talked: Talks) -> None:
    assert all(talked.ask("JPN-MFA", rest)["Cache-Control"] == "no-store" for rest in READS)


# Cursors


def test_events_come_page_by_page(talked: Talks) -> None:
    whole = talked.get("observer", "events/")["events"]
    pages, after, more = [], 0, True
    while more:
        told = talked.get("observer", "events/", after=after, limit=4)
        pages += told["events"]
        after, more = told["cursor"], told["more"]
    assert pages == whole


def test_after_the_last_event_there_is_nothing_new(talked: Talks) -> None:
    last = talked.get("observer")["cursor"]
    assert talked.get("observer", "events/", after=last) == {
        "cursor": last,
        "record": "live",
        "events": [],
        "more": False,
    }


def test_a_cursor_beyond_the_end_begins_again(talked: Talks) -> None:
    last = talked.get("observer")["cursor"]
    told = talked.get("observer", "events/", after=last + 1)
    assert told.pop("again") is True
    assert told == talked.get("observer", "events/")


@pytest.mark.parametrize(
    "query", [{"after": "-1"}, {"after": "x"}, {"after": "٣"}, {"after": "9" * 10}, {"limit": "0"}, {"limit": "1001"}]
)
def test_a_number_that_is_none_is_refused(talked: Talks, query: dict[str, str]) -> None:
    assert refusal(talked.ask("observer", "events/", **query)) == (400, "bad_type")


# Afterwards


def test_the_debrief_opens_for_others_when_the_session_is_closed(talked: Talks) -> None:
    assert refusal(talked.ask("JPN-MFA", "debrief/")) == (409, "still_open")
    assert refusal(talked.ask("waiting", "debrief/")) == (403, "not_admitted")
    assert talked.get("moderator", "debrief/")["format"] == "neacd-debrief"
    talked.do("moderator", CloseSession())
    for who in ("JPN-MFA", "PRC-MFA", "observer"):
        told = talked.get(who, "debrief/")
        assert told["record"] == "within the attribution rule (participants)"
        assert SECRET not in json.dumps(told, ensure_ascii=False)
    assert talked.get("moderator", "debrief/?record=assessment")["record"] == "assessment record (moderator)"
    assert refusal(talked.ask("waiting", "debrief/")) == (403, "not_admitted")


def test_the_debrief_is_what_its_page_exports(talked: Talks) -> None:
    talked.do("moderator", CloseSession())
    participant = talked.people["PRC-MFA"]
    client = Client()
    client.cookies[access.cookie_name(talked.room.code, participant.pid)] = access.ticket_of(participant)
    page = client.get(f"/rooms/{talked.room.code}/{participant.pid}/debrief.json")
    assert talked.ask("PRC-MFA", "debrief/").content == page.content


@pytest.mark.parametrize("who", ["JPN-MFA", "PRC-MFA", "observer"])
def test_once_closed_nobody_but_the_moderator_reads_who_said_what(talked: Talks, who: str) -> None:
    talked.do("moderator", CloseSession())
    told = talked.get(who, "events/")
    (said,) = [event for event in told["events"] if event["name"] == "floor.statement_made"]
    assert told["record"] == "attributed"
    assert (said["actor"], said["data"]["person"], said["data"]["seat"], said["data"]["delegation"]) == ("", "", "", "")
    assert said["data"]["text"] == "Who pays for the oil?"
    state = talked.get(who)
    assert (state["record"], state["cursor"]) == ("attributed", told["cursor"])
    assert (state["floor"]["spoken_ms"], state["floor"]["speeches"]) == ({}, {})


def test_once_closed_the_moderator_reads_the_assessment_record(talked: Talks) -> None:
    talked.do("moderator", CloseSession())
    told = talked.get("moderator", "events/")
    (said,) = [event for event in told["events"] if event["name"] == "floor.statement_made"]
    assert (told["record"], said["data"]["seat"]) == ("assessment", "JPN-MFA")
    assert talked.get("moderator")["floor"]["speeches"] == {"JPN": 1}


# Commands


def test_a_command_is_carried_out_and_answered_with_the_cursor(talks: Talks) -> None:
    before = talks.get("JPN-MFA")["cursor"]
    response = talks.post("JPN-MFA", "ask_for_floor", kind="question")
    assert (response.status_code, response.json()) == (200, {"done": True, "cursor": before + 1})
    assert talks.get("PRC-MFA")["floor"]["queue"][0]["kind"] == "question"


def test_a_command_that_closes_the_room_is_answered_within_the_record_that_follows(talked: Talks) -> None:
    answer = talked.post("moderator", "close_session").json()
    assert answer == {"done": True, "cursor": talked.get("moderator", "events/")["cursor"]}


@pytest.mark.parametrize(
    ("who", "command", "expected"),
    [
        ("JPN-MFA", "start_session", (403, "not_moderator")),
        ("observer", "ask_for_floor", (403, "not_delegate")),
        ("waiting", "ask_for_floor", (403, "not_delegate")),
        ("JPN-MFA", "yield_floor", (409, "no_floor")),
        ("moderator", "start_session", (409, "already_started")),
        ("JPN-MFA", "join_room", (400, "unknown_command")),
        ("JPN-MFA", 7, (400, "unknown_command")),
        ("JPN-MFA", None, (400, "unknown_command")),
        ("JPN-MFA", "\ud800", (400, "unknown_command")),
    ],
)
def test_a_command_is_refused_as_on_the_socket(talks: Talks, who: str, command: Any, expected: tuple[int, str]) -> None:
    changes = Event.objects.exclude(name="notes.refusal_noted")  # what the chair is told of it
    before = changes.count()
    assert refusal(talks.post(who, command)) == expected
    assert changes.count() == before


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "bad_shape"),
        ("{", "bad_shape"),
        ("[]", "bad_shape"),
        ("null", "bad_shape"),
        (b"\xff\xfe", "bad_shape"),
        ("[" * 20_000, "bad_shape"),
        ("1" * 5_000, "bad_shape"),
        ('{"command": "ask_for_floor", "as": "PRC-MFA"}', "unknown_field"),
        ('{"command": "ask_for_floor", "data": {"seat": "PRC-MFA"}}', "unknown_field"),
        ('{"command": "ask_for_floor", "data": {"\\ud800": 1}}', "unknown_field"),
        ('{"command": "ask_for_floor", "data": []}', "bad_shape"),
        ('{"command": "ask_for_floor", "data": {"kind": 7}}', "bad_type"),
        ('{"command": "say_in_delegation"}', "field_needed"),
        ('{"command": "ask_for_floor", "request_id": 7}', "bad_request_id"),
        ('{"command": "ask_for_floor", "request_id": "a b"}', "bad_request_id"),
        (json.dumps({"command": "say_in_delegation", "data": {"text": "x" * 16_001}}), "too_long"),
        ('{"command": "' + "x" * 70_000 + '"}', "too_long"),
        ('{"command": "' + "x" * 5_000_000 + '"}', "too_long"),
    ],
    ids=range(18),
)
def test_a_body_of_the_wrong_shape_is_refused(talks: Talks, body: str | bytes, code: str) -> None:
    before = Event.objects.count()
    assert refusal(talks.send("JPN-MFA", body)) == (400, code)
    assert Event.objects.count() == before


def test_words_in_every_script_arrive_as_they_were_written(talks: Talks) -> None:
    words = "安全 안보 безопасность 安全保障 <b>&amp; 🕊"
    assert talks.post("PRC-MFA", "say_in_delegation", text=words).status_code == 200
    assert talks.get("PRC-MFA", "events/")["events"][-1]["data"]["text"] == words


def test_a_repeated_request_gets_the_first_answer(talks: Talks) -> None:
    first = talks.post("JPN-MFA", "say_in_delegation", "r-1", text="Tea?").json()
    again = talks.post("JPN-MFA", "say_in_delegation", "r-1", text="Tea?").json()
    assert again == first == {"done": True, "cursor": first["cursor"]}
    assert Event.objects.filter(name="channels.said_in_delegation").count() == 1


def test_a_repeated_request_that_was_refused_stays_refused(talks: Talks) -> None:
    first = talks.post("JPN-MFA", "yield_floor", "r-2")
    talks.do("moderator", floor.CallOn("JPN-MFA"))
    again = talks.post("JPN-MFA", "yield_floor", "r-2")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert refusal(again) == (409, "no_floor")
    assert talks.post("JPN-MFA", "yield_floor", "r-3").status_code == 200


def test_one_persons_request_id_says_nothing_about_anothers(talks: Talks) -> None:
    assert talks.post("JPN-MFA", "ask_for_floor", "r-1").status_code == 200
    assert talks.post("PRC-MFA", "ask_for_floor", "r-1").status_code == 200
    assert Answered.objects.count() == 2


def test_a_command_by_cookie_must_come_from_our_own_pages(client: Client, talks: Talks) -> None:
    participant = talks.people["JPN-MFA"]
    client.cookies[access.cookie_name(talks.room.code, participant.pid)] = access.ticket_of(participant)
    address, body = talks.address("JPN-MFA", "commands/"), json.dumps({"command": "ask_for_floor"})

    def send(**headers: str) -> Any:
        return client.post(address, body, content_type="application/json", headers=headers)

    for foreign in ({}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert refusal(send(**foreign)) == (403, "foreign_page")
    assert send(**{"Sec-Fetch-Site": "same-origin"}).json()["done"]


def test_somebody_who_sends_without_pause_is_slowed_down(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "COMMANDS_SECONDS", 600)  # so that a slow machine sends without pause, too
    answers = [talks.post("JPN-MFA", "withdraw_request") for _ in range(access.MOST_COMMANDS + 1)]
    assert {refusal(one) for one in answers[:-1]} == {(409, "not_listed")}
    assert refusal(answers[-1]) == (429, "slow_down")
    assert refusal(talks.post("PRC-MFA", "withdraw_request")) == (409, "not_listed")


# What it costs


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("rest", "queries"), [("", 2), ("texts/", 2), ("positions/", 2), ("agreements/", 2), ("events/", 3)]
)
@pytest.mark.parametrize("who", ["moderator", "JPN-MFA", "observer"])
def test_reading_costs_the_same_few_queries_however_long_the_session(
    talks: Talks, who: str, rest: str, queries: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    """Who it is; what is new in the room; and for events the record."""
    talks.get(who, rest)
    with django_assert_num_queries(queries):
        talks.get(who, rest)
    talk(talks)
    with django_assert_num_queries(queries):
        talks.get(who, rest)


# Non-interference


def test_what_others_do_in_secret_changes_no_byte_of_any_answer(scenario: Scenario, moderator_user: User) -> None:
    """Two rooms that differ only in what Japan whispers and files for itself, and how often."""
    silent = talks_of(scenario, moderator_user, START)
    talk(silent, START + 1)
    secretive = talks_of(scenario, moderator_user, START)
    for turn in range(3):
        secretive.do("JPN-MFA", channels.SayInDelegation(f"{SECRET} {turn}"), START)
    whisper(secretive, START)
    talk(secretive, START + 1)
    whisper(secretive, START + 1)
    for who in ("moderator", "PRC-MFA", "observer", "waiting"):
        for rest in READS:
            assert _without_ids(silent, who, rest) == _without_ids(secretive, who, rest)
    for talks in (silent, secretive):
        talks.do("moderator", CloseSession(), START + 2)
        assert refusal(talks.post("JPN-MFA", "ask_for_floor")) == (409, "closed")
    for who in ("moderator", "PRC-MFA", "observer"):
        for rest in (*READS, "debrief/"):
            assert _without_ids(silent, who, rest) == _without_ids(secretive, who, rest)


def _without_ids(talks: Talks, who: str, rest: str) -> bytes:
    """An answer with the code and the participants' ids, which are drawn by lot, by their names in the cast."""
    response = talks.ask(who, rest)
    assert response.status_code == 200
    content: bytes = response.content.replace(talks.room.code.encode(), b"CODE")
    for name, participant in talks.people.items():
        content = content.replace(participant.pid.encode(), name.encode())
    return content
