"""What we measure ourselves against: the chat that the Channels tutorial builds, in our own words, one room of it."""
