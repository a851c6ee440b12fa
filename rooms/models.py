"""What is stored of live rooms: the record itself, who is who, and rows for questions across rooms.

Columns and constraints only. `Event` is written by `log` alone; the read models are rebuildable from it.
"""

from django.conf import settings
from django.db import models

FORGOTTEN = "(name forgotten)"  # what stands where a name was


class Room(models.Model):
    """One run of one scenario. `head` is the seq of its last event; `next_deadline` ms UTC, for the clock.

    `chained_as` is the code that its hashes cover, "" for its own: a record that came from another installation keeps
    the chain it was written with. `scope` says how much of that record came ("" for one made here). `origin` and
    `origin_seq`: the room and moment that this one goes on from. `keep_days`: how long after closing the names of its
    people are kept, null as long as the installation does."""

    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    scenario = models.ForeignKey("delegations.Scenario", models.PROTECT, null=True, related_name="rooms")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="rooms")
    status = models.CharField(max_length=12, default="")
    head = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="")
    next_deadline = models.BigIntegerField(null=True, db_index=True)
    chained_as = models.CharField(max_length=12, blank=True, default="")
    scope = models.CharField(max_length=12, blank=True, default="")
    origin = models.ForeignKey("self", models.SET_NULL, null=True, related_name="forks")
    origin_seq = models.PositiveIntegerField(null=True)
    keep_days = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class Event(models.Model):
    """One entry of the append-only record. `at` is ms UTC; `hash` chains it to all before it."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.BigIntegerField()
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    actor = models.CharField(max_length=20)
    audience = models.JSONField()
    attribution = models.CharField(max_length=30)
    data = models.JSONField()
    request_id = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_event_per_seq")]
        ordering = ["room", "seq"]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.seq} {self.name}"


class Participant(models.Model):
    """Somebody in one room. The name lives here and nowhere else. `role` is the one they came in; what they are now,
    the record says. `generation` follows the record, too: raising it kills every link and cookie given out before.
    `seen_at` (ms UTC) is when they last had a connection, null for who never had one; see `presence`. `forgotten_at`
    (ms UTC): since then the name is nobody's and the seat opens for no link."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="participants")
    pid = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=12)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    generation = models.PositiveIntegerField(default=0)
    revoked = models.BooleanField(default=False)
    seen_at = models.BigIntegerField(null=True)
    forgotten_at = models.BigIntegerField(null=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "pid"], name="one_participant_per_pid")]

    def __str__(self) -> str:
        return f"{self.pid} in {self.room_id}"


class Answered(models.Model):
    """The first answer to a request id, so that a repeat is harmless. `refusal` is null where it was carried out."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    actor = models.CharField(max_length=20)
    request_id = models.CharField(max_length=64)
    first_seq = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveIntegerField(default=0)
    refusal = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "actor", "request_id"], name="one_answer_per_request")]

    def __str__(self) -> str:
        return f"{self.actor} {self.request_id}"


class DeclaredPosition(models.Model):
    """Read model: every public position ever declared, for questions across rooms."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="positions")
    seq = models.PositiveIntegerField()
    at = models.BigIntegerField()
    delegation = models.CharField(max_length=12)
    issue = models.CharField(max_length=60)
    preferred = models.CharField(max_length=20)
    acceptable = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_position_per_event")]

    def __str__(self) -> str:
        return f"{self.delegation} on {self.issue}: {self.preferred}"


class Agreement(models.Model):
    """Read model: every text adopted, as it was adopted."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="agreements")
    seq = models.PositiveIntegerField()
    at = models.BigIntegerField()
    call = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    rule = models.CharField(max_length=30)
    electorate = models.JSONField()
    paragraphs = models.JSONField()
    answers = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_agreement_per_event")]

    def __str__(self) -> str:
        return self.title


class BallotBox(models.Model):
    """The secret ballots of one vote: how many say what, until they are counted. No column names whose they are."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    call = models.CharField(max_length=20)
    yes = models.PositiveSmallIntegerField(default=0)
    no = models.PositiveSmallIntegerField(default=0)
    abstain = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "call"], name="one_box_per_call")]

    def __str__(self) -> str:
        return f"{self.room_id}/{self.call}"


class KeptPicture(models.Model):
    """A snapshot of a room's fold at one seq: `link` is the record's hash there, `made_by` the digest of the code that
    folded it, `seal` proves that this installation wrote it. Never a truth: any row may be deleted at any time."""

    room = models.OneToOneField(Room, models.CASCADE, related_name="kept_picture")
    seq = models.PositiveIntegerField()
    link = models.CharField(max_length=64)
    made_by = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.room_id} at {self.seq}"


class SignInLink(models.Model):
    """A one-time sign-in for a moderator. Only the digest of its secret is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"for {self.user}"


class Export(models.Model):
    """Who took which record out of the installation, in which form, and when. `pid` is "" for the command line."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="exports")
    at = models.BigIntegerField()
    pid = models.CharField(max_length=20, blank=True)
    form = models.CharField(max_length=20)
    record = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.form} of {self.room_id} by {self.pid}"


class SharedReplay(models.Model):
    """What the moderator shows the class of a recorded session: an instant of it (ms UTC), whether it runs on and how
    fast, and since when (ms UTC). Each of the class sees that instant in their own record."""

    room = models.OneToOneField(Room, models.CASCADE, related_name="shared_replay")
    open = models.BooleanField(default=False)
    at = models.BigIntegerField(default=0)
    playing = models.BooleanField(default=False)
    speed = models.PositiveSmallIntegerField(default=1)
    since = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.room_id} at {self.at}"
