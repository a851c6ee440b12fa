"""The report's numbers once more, by other means: loops over the raw events as plain data. Nothing of
`rooms.debrief` and no fold is used here; the tests compare.
"""
