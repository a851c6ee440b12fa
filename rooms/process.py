"""What this process remembers between requests. All of it is rebuilt from the log when the process dies."""

from rooms.folds import Folds
from rooms.house_clock import HouseClock
from rooms.hub import Hub
from rooms.painting import Painter
from rooms.tapes import Tapes

folds = Folds()
painter = Painter()
tapes = Tapes()
house_clock = HouseClock()
hub = Hub(folds, painter)
