"""The state of a room: one frozen slice per matter. Made only by folding entries; see `fold`."""

from dataclasses import dataclass, field

from rooms.domain.calls import Decisions
from rooms.domain.capitals import Capitals
from rooms.domain.caucuses import Caucuses
from rooms.domain.channels import Channels
from rooms.domain.checks import Checks
from rooms.domain.dissent import Dissents
from rooms.domain.documents import Texts
from rooms.domain.drafting import Drafts
from rooms.domain.forking import Forks
from rooms.domain.injects import Injects
from rooms.domain.items import Agenda
from rooms.domain.news import News
from rooms.domain.non_papers import NonPapers
from rooms.domain.notes import Notes
from rooms.domain.outputs import Outputs
from rooms.domain.perceptions import Perceptions
from rooms.domain.podium import Floor
from rooms.domain.points import Orders
from rooms.domain.positions import Positions
from rooms.domain.prepared import Prepared
from rooms.domain.promises import Commitments
from rooms.domain.questions import Questions
from rooms.domain.ratification import Ratifications
from rooms.domain.room import Room
from rooms.domain.seats import Seats
from rooms.domain.sharing import Sharing
from rooms.domain.whiteboard import HotWash


@dataclass(frozen=True, slots=True)
class RoomState:
    """What a fold knows. `at` is the instant of its last entry, `count` how many entries it has folded: for the full
    record that is the room's seq, for an audience its cursor."""

    count: int = 0
    at: int = 0
    room: Room = field(default_factory=Room)
    prepared: Prepared = field(default_factory=Prepared)
    seats: Seats = field(default_factory=Seats)
    agenda: Agenda = field(default_factory=Agenda)
    floor: Floor = field(default_factory=Floor)
    questions: Questions = field(default_factory=Questions)
    orders: Orders = field(default_factory=Orders)
    positions: Positions = field(default_factory=Positions)
    texts: Texts = field(default_factory=Texts)
    decisions: Decisions = field(default_factory=Decisions)
    channels: Channels = field(default_factory=Channels)
    checks: Checks = field(default_factory=Checks)
    caucuses: Caucuses = field(default_factory=Caucuses)
    injects: Injects = field(default_factory=Injects)
    news: News = field(default_factory=News)
    notes: Notes = field(default_factory=Notes)
    drafts: Drafts = field(default_factory=Drafts)
    non_papers: NonPapers = field(default_factory=NonPapers)
    dissents: Dissents = field(default_factory=Dissents)
    ratifications: Ratifications = field(default_factory=Ratifications)
    capitals: Capitals = field(default_factory=Capitals)
    outputs: Outputs = field(default_factory=Outputs)
    commitments: Commitments = field(default_factory=Commitments)
    perceptions: Perceptions = field(default_factory=Perceptions)
    hot_wash: HotWash = field(default_factory=HotWash)
    sharing: Sharing = field(default_factory=Sharing)
    forks: Forks = field(default_factory=Forks)
