"""What this process remembers between requests. All of it is rebuilt from the log when the process dies."""

from rooms.folds import Folds
from rooms.hub import Hub
from rooms.panels import Painter

folds = Folds()
painter = Painter()
hub = Hub(folds, painter)
