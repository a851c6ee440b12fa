"""The fixed words of prepared material: kinds, rules, and how long each text may be.

Models, file reading and pages share them, so that a file which reads without problems also fits the database.
The stored values are frozen (rooms keep them in their records); the labels may change. No behaviour here.
"""

from typing import Final

from django.db.models import TextChoices

# Limits in characters. Generous for writers, small enough that every label fits its place on a phone.
KEY: Final = 60
LABEL: Final = 80
TITLE: Final = 200
LOCATOR: Final = 300
REFERENCE: Final = 500
TEXT: Final = 4_000
BRIEF: Final = 40_000

# Marks to tell delegations apart: a colour-blind-safe set of ten hues and ten patterns.
MARKS: Final = 10
MOST_MINUTES: Final = 600
MOST_SPEECH_SECONDS: Final = 3_600
FEWEST_OPTIONS: Final = 3
MOST_OPTIONS: Final = 6
WEIGHTS: Final = 100  # what the weights of a delegation's constituencies sum to


class SeatKind(TextChoices):
    MFA = "MFA", "Foreign ministry"
    MOD = "MOD", "Defence ministry"
    MIL = "MIL", "Uniformed officer"
    EXP = "EXP", "Private expert"


class Attribution(TextChoices):
    ON_THE_RECORD = "on_the_record", "On the record: what is said may be used, with speaker and delegation."
    NOT_FOR_ATTRIBUTION = (
        "not_for_attribution",
        "Not for attribution: what is said may be used, its speaker only by an agreed description.",
    )
    CHATHAM_HOUSE = (
        "chatham_house",
        "Chatham House Rule: what is said may be used, but not who said it or whom those present represent.",
    )
    OFF_THE_RECORD = (
        "off_the_record",
        "Off the record: others learn only that a discussion took place, its title and its length.",
    )


class DecisionRule(TextChoices):
    CONSENSUS = "consensus", "Consensus: adopted when no delegation objects."
    SILENCE = (
        "silence",
        "Silence procedure: adopted at a set time unless a delegation objects in writing before.",
    )
    VOTE = "vote", "Vote: adopted by the majority that the chair names beforehand."


class CaucusExistence(TextChoices):
    ANNOUNCED = "announced", "Caucuses are announced: all may see who meets with whom, only members what is said."
    HIDDEN = "hidden", "Caucuses are hidden: only their members know that they meet."


class AgendaKind(TextChoices):
    OPENING = "opening", "Opening"
    NATIONAL_PERSPECTIVE = "national_perspective", "National perspectives"
    MILITARY_PERSPECTIVE = "military_perspective", "Military perspectives"
    EXPERT_PRESENTATION = "expert_presentation", "Expert presentation"
    DISCUSSION = "discussion", "Discussion"
    INFORMAL = "informal", "Informal period"
    OFFICIALS = "officials", "Officials' session"
    DRAFTING = "drafting", "Drafting"
    DECISION = "decision", "Decision"
    SUMMARY = "summary", "Chair's summary"
    CLOSING = "closing", "Closing"
    HOT_WASH = "hot_wash", "Hot wash"


class PassageKind(TextChoices):
    PARAGRAPH = "paragraph", "Paragraph"
    LIST_ITEM = "list_item", "List item"
    TABLE_ROW = "table_row", "Table row"
    FOOTNOTE = "footnote", "Footnote"


class ParagraphKind(TextChoices):
    BRIEF = "brief", "Situation brief"
    HISTORY = "history", "What in fact happened"


class Horizon(TextChoices):
    SHORT = "short", "Short term"
    MID = "mid", "Mid term"
    LONG = "long", "Long term"


class PackItemKind(TextChoices):
    INTEREST = "interest", "Interest"
    RED_LINE = "red_line", "Red line"
    KNOWS = "knows", "What others do not know"
    RELATION = "relation", "Relation to another delegation"
    CONSTITUENCY = "constituency", "Constituency at home"
    CONSTRAINT = "constraint", "Constraint"
    TALKING_POINT = "talking_point", "Talking point"
    FIGURE = "figure", "Fact or figure"
    RECOMMENDATION = "recommendation", "What the paper recommends"
    QUESTION = "question", "Check yourself"


class SourceKind(TextChoices):
    PAPER = "paper", "From the paper"
    PUBLIC = "public", "Public source"
    DESIGN = "design", "Exercise design"
