"""What is prepared before anybody meets: papers, formats, scenarios, delegations, issues, agenda, injects, packs.

Plain records without events. A stored scenario version is never changed: an edited folder becomes a new version,
because rooms name the version that they were opened from. No rules live here; files are judged in `scenario_files`.
"""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from delegations import words
from delegations.table_rules import TableRules
from delegations.words import (
    AgendaKind,
    Attribution,
    Horizon,
    PackItemKind,
    ParagraphKind,
    PassageKind,
    SeatKind,
)


class Paper(models.Model):
    """What a citation needs to be readable. Its sentences exist only in passages that a user imports."""

    slug = models.SlugField(max_length=words.KEY, unique=True)
    title = models.CharField(max_length=words.TITLE)
    authors = models.CharField(max_length=words.TITLE, help_text="Separated by semicolons.")
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=words.TITLE, blank=True)
    publisher = models.CharField(max_length=words.TITLE, blank=True)
    url = models.CharField(max_length=words.LOCATOR, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.authors}: {self.title} ({self.year})"


class Passage(models.Model):
    """One numbered passage of an imported paper, found by its locator."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="passages")
    locator = models.CharField(max_length=words.LOCATOR)
    section = models.CharField(max_length=words.LOCATOR)
    number = models.PositiveIntegerField(help_text="Its place within the section, from 1.")
    kind = models.CharField(max_length=12, choices=PassageKind.choices)
    text = models.TextField()

    class Meta:
        ordering = ["paper", "id"]
        constraints = [
            UniqueConstraint(fields=["paper", "locator"], name="passage_locator_once"),
            CheckConstraint(condition=Q(kind__in=PassageKind.values), name="passage_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.locator}"


class Sourced(models.Model):
    """Where a line comes from. Rooms freeze these values as they stand, so they are kept in a snapshot's form."""

    sources = models.JSONField(
        default=list, help_text="Places in papers, public sources, exercise design. Empty only where none was asked."
    )

    class Meta:
        abstract = True


class Format(TableRules):
    """A form of meeting that recurs. Kept up to date in place: a room freezes the one that it was opened in."""

    slug = models.SlugField(max_length=words.KEY, unique=True)
    name = models.CharField(max_length=words.LABEL)
    summary = models.TextField()
    delegations = models.JSONField(default=list, help_text="Codes usually present.")
    seat_kinds = models.JSONField(default=list, help_text="The seats there are; empty means all.")
    agenda = models.JSONField(default=list, help_text="The template, in a snapshot's form.")

    class Meta(TableRules.Meta):
        abstract = False
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Scenario(TableRules):
    """One version of one exercise, as its folder stood when it was loaded."""

    slug = models.SlugField(max_length=words.KEY)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the folder's files.")
    outline = models.BooleanField(help_text="Not complete enough to play.")
    frame = models.BooleanField(default=False, help_text="Made to be filled by a teacher.")
    from_draft = models.BooleanField(default=False, help_text="Published in the editor; no folder holds it.")
    missing = models.JSONField(default=list, help_text="Sentences: what a complete exercise has and this one has not.")
    title = models.CharField(max_length=words.TITLE)
    moment = models.CharField(max_length=words.TITLE)
    summary = models.TextField()
    format_name = models.CharField(max_length=words.LABEL)

    class Meta(TableRules.Meta):
        abstract = False
        ordering = ["slug", "-version"]
        constraints = [
            *TableRules.Meta.constraints,
            UniqueConstraint(fields=["slug", "version"], name="scenario_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} v{self.version}"


class CitedPaper(models.Model):
    """A paper that a scenario draws on. While one does, the paper stays."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="cited")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["scenario", "order"]
        constraints = [UniqueConstraint(fields=["scenario", "paper"], name="cited_paper_once")]

    def __str__(self) -> str:
        return f"{self.scenario_id}: {self.paper_id}"


class Paragraph(Sourced):
    """Of the brief, which everybody reads, or of the history, which the debrief tells."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="paragraphs")
    kind = models.CharField(max_length=8, choices=ParagraphKind.choices)
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=words.TITLE, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["scenario", "kind", "order"]
        constraints = [
            UniqueConstraint(fields=["scenario", "kind", "order"], name="paragraph_order_once"),
            CheckConstraint(condition=Q(kind__in=ParagraphKind.values), name="paragraph_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.order}"


class Delegation(models.Model):
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="delegations")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=6)
    name = models.CharField(max_length=words.LABEL)
    full_name = models.CharField(max_length=words.TITLE)
    hue = models.PositiveSmallIntegerField()
    pattern = models.PositiveSmallIntegerField()
    optional = models.BooleanField(default=False, help_text="The exercise also works without it.")

    class Meta:
        ordering = ["scenario", "order"]
        constraints = [
            UniqueConstraint(fields=["scenario", "code"], name="delegation_code_once"),
            UniqueConstraint(fields=["scenario", "order"], name="delegation_order_once"),
            CheckConstraint(condition=Q(hue__lt=words.MARKS, pattern__lt=words.MARKS), name="delegation_marks_known"),
        ]

    def __str__(self) -> str:
        return self.code


class Seat(models.Model):
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, related_name="seats")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=words.KEY)
    kind = models.CharField(max_length=3, choices=SeatKind.choices)
    title = models.CharField(max_length=words.LABEL)

    class Meta:
        ordering = ["delegation", "order"]
        constraints = [
            UniqueConstraint(fields=["delegation", "key"], name="seat_key_once"),
            CheckConstraint(condition=Q(kind__in=SeatKind.values), name="seat_kind_known"),
        ]

    def __str__(self) -> str:
        return self.key


class Issue(Sourced):
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="issues")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=words.KEY)
    title = models.CharField(max_length=words.TITLE)
    question = models.CharField(max_length=words.LOCATOR)
    axis = models.CharField(max_length=words.LOCATOR, help_text="What the order of the options means.")

    class Meta:
        ordering = ["scenario", "order"]
        constraints = [
            UniqueConstraint(fields=["scenario", "key"], name="issue_key_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Option(models.Model):
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="options")
    order = models.PositiveSmallIntegerField(help_text="Its place along the issue's axis.")
    key = models.SlugField(max_length=words.KEY)
    label = models.CharField(max_length=words.LABEL)
    detail = models.TextField()

    class Meta:
        ordering = ["issue", "order"]
        constraints = [
            UniqueConstraint(fields=["issue", "key"], name="option_key_once"),
            UniqueConstraint(fields=["issue", "order"], name="option_order_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.label}"


class AgendaItem(models.Model):
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=words.KEY)
    title = models.CharField(max_length=words.TITLE)
    kind = models.CharField(max_length=24, choices=AgendaKind.choices)
    minutes = models.PositiveSmallIntegerField()
    attribution = models.CharField(
        max_length=24, choices=Attribution.choices, blank=True, help_text="Empty: the room's own rule."
    )
    may_speak = models.JSONField(default=list, help_text="Seat kinds; empty means all.")
    issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    presenters = models.JSONField(default=list, help_text="Seat kinds that present, one per delegation.")

    class Meta:
        ordering = ["scenario", "order"]
        constraints = [
            UniqueConstraint(fields=["scenario", "key"], name="agenda_key_once"),
            CheckConstraint(condition=Q(kind__in=AgendaKind.values), name="agenda_kind_known"),
            CheckConstraint(
                condition=Q(attribution="") | Q(attribution__in=Attribution.values),
                name="agenda_attribution_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"


class Inject(Sourced):
    """News that the moderator may hand out. Nobody else knows of it before."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="injects")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=words.KEY)
    title = models.CharField(max_length=words.TITLE)
    text = models.TextField(help_text="As it is handed out.")
    sender = models.CharField(max_length=words.TITLE)
    recipients = models.JSONField(default=list, help_text='["all"] or delegation codes.')
    when = models.JSONField(help_text='"manual", {"minute": 35} or {"item": "i5", "after": 5}.')
    objective = models.TextField()
    expected = models.TextField()
    contingency = models.TextField()

    class Meta:
        ordering = ["scenario", "order"]
        constraints = [UniqueConstraint(fields=["scenario", "key"], name="inject_key_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"


class Measure(Sourced):
    """One entry of the road map that a paper draws: track by horizon."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="roadmap")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=words.KEY)
    track = models.CharField(max_length=words.LABEL)
    horizon = models.CharField(max_length=8, choices=Horizon.choices)
    text = models.TextField()
    actors = models.JSONField(default=list, help_text="Codes of those who do it.")
    counterpart = models.JSONField(default=list, help_text="Codes of those for whom.")

    class Meta:
        ordering = ["scenario", "order"]
        constraints = [
            UniqueConstraint(fields=["scenario", "key"], name="measure_key_once"),
            CheckConstraint(condition=Q(horizon__in=Horizon.values), name="measure_horizon_known"),
        ]

    def __str__(self) -> str:
        return f"{self.track}, {self.horizon}: {self.key}"


class Pack(models.Model):
    """One delegation's briefing: for that delegation and the moderators only."""

    delegation = models.OneToOneField(Delegation, on_delete=models.CASCADE, related_name="pack")
    who = models.TextField()

    def __str__(self) -> str:
        return f"pack {self.delegation_id}"


class PackItem(Sourced):
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16, choices=PackItemKind.choices)
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    extra = models.JSONField(default=dict, help_text="What only this kind has, such as a constituency's weight.")

    class Meta:
        ordering = ["pack", "kind", "order"]
        constraints = [
            UniqueConstraint(fields=["pack", "kind", "order"], name="pack_item_order_once"),
            CheckConstraint(condition=Q(kind__in=PackItemKind.values), name="pack_item_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.order}"


class PackPosition(Sourced):
    """A delegation's mandate on one issue. Options are kept by key: a stored version never changes."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="positions")
    order = models.PositiveSmallIntegerField()
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="+")
    preferred = models.SlugField(max_length=words.KEY)
    acceptable = models.JSONField(default=list)
    red_lines = models.JSONField(default=list)
    priority = models.PositiveSmallIntegerField(help_text="1 is the most important.")
    text = models.TextField()
    conditions = models.TextField(blank=True, help_text="On what terms it can be had.")
    fallback = models.TextField(blank=True, help_text="What to take if the preferred option cannot be had.")

    class Meta:
        ordering = ["pack", "order"]
        constraints = [
            UniqueConstraint(fields=["pack", "issue"], name="pack_position_issue_once"),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id}: {self.preferred}"


class Draft(models.Model):
    """An exercise that its owner is still writing: for nobody else's eyes until it is published."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    slug = models.SlugField(max_length=words.KEY, help_text="What it is published as.")
    title = models.CharField(max_length=words.TITLE, blank=True)
    based_on = models.ForeignKey(Scenario, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    content = models.JSONField(help_text="The files of a scenario folder, each as its parsed TOML.")
    previous = models.JSONField(null=True, help_text="The content before the last change, so that it can be undone.")
    problems = models.JSONField(default=list, help_text="Sentences: what keeps it from being published.")
    missing = models.JSONField(default=list, help_text="Sentences: what a complete exercise has and this one has not.")
    revision = models.PositiveIntegerField(default=1, help_text="Of two saves from one revision the second is refused.")
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.slug}"
