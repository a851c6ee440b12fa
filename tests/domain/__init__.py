"""Tests of the pure rules. No database, no clock: every instant is an argument."""
