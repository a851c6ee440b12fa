"""Papers: from a file that somebody has to numbered passages that packs can cite, and back again.

reading and pdf turn a file into text; noise, blocks, tables and structure turn text into sections and numbered
passages; locators name them; storing keeps them; finding takes a citation back to its passage; gazetteer says
what a passage is about; searching finds words. The papers' sentences live in an installation's database only.
"""
