"""The rules of a dialogue: pure functions on frozen data.

Standard library only; no database, no clock, no randomness, no Django. `fold.decide` turns a command into
events or raises `Refused`; `fold.apply` turns a state and one entry of the record into the next state.
"""
