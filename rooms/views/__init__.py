"""Pages of the rooms, by what people do there: the door, opening a room, the table, and what comes after."""
