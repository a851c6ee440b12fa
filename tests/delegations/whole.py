"""A complete exercise as a folder of format 2, small words but every section, for tests to spoil."""

from pathlib import Path

ISSUES = ("dredging", "pilots", "tolls", "lights", "quays", "salvage")
CODES = ("AAA", "BBB", "CCC")
PAPER = '{paper = "harbour-paper", locator = "Boje, Depths, 2", anchor = "seven fathoms"}'
PUBLIC = '{public = "Port Office, Annual report, Oslo, May 1998", url = "https://example.org/report"}'
LETTERS = ("a", "b", "c")

COVER = """
slug = "harbour-talks"
title = "Harbour Talks"
moment = "Oslo, May 1998"
summary = "Three coasts talk about one harbour."
papers = ["harbour-paper"]

[format]
name = "Plenary"
attribution = "chatham_house"
decision = "consensus"
output = "chair's summary"
speech_seconds = 120
points_of_order = true
votes = false
caucus_existence = "hidden"
caucus_readable_by_chair = true
caucus_at_any_time = true
rules = ["Whoever speaks stands up.", "Nobody sails during the talks."]
"""

DELEGATION = """
[[delegations]]
code = "{code}"
name = "Coast {code}"
full_name = "Republic of {code}"
hue = {number}
pattern = {number}
optional = {optional}
seats = [
  {{id = "{code}-MFA", kind = "MFA", title = "Foreign Office"}},
  {{id = "{code}-EXP", kind = "EXP", title = "Private expert"}},
]
"""

ISSUE = """
[[issue]]
id = "{id}"
title = "On {id}"
question = "What of {id}?"
axis = "from little to much"
source = "design"
"""

OPTION = """
[[issue.option]]
id = "{letter}"
label = "{letter} for {id}"
detail = "All of {letter}."
"""

AGENDA = """
[[item]]
id = "i1"
title = "Opening"
kind = "opening"
minutes = 5

[[item]]
id = "i2"
title = "On depth"
kind = "discussion"
minutes = 20
issue = "dredging"
"""

INJECT = """
[[inject]]
id = "news-{number}"
title = "News {number}"
text = "The tide of {number} is late."
from = "Wire service"
to = {to}
when = {when}
objective = "See who reads {number}."
expected = "Somebody asks."
contingency = "Read it aloud."
source = "design"
"""

HISTORY = """
[[paragraph]]
text = "In fact the harbour froze {number} times."
source = {public}
"""

ROADMAP = """
[[measure]]
id = "m1"
track = "AAA-BBB"
horizon = "short"
text = "A buoy is laid."
actors = ["AAA"]
counterpart = ["BBB"]
source = {paper}

[[measure]]
id = "m2"
track = "AAA-BBB"
horizon = "long"
text = "A bridge is built."
actors = ["AAA", "BBB"]
source = "design"
"""

PLAIN = """
[[{kind}]]
text = "A {kind} of {code}."
source = {paper}
"""

POSITION = """
[[position]]
issue = "{id}"
preferred = "b"
acceptable = {acceptable}
red_lines = ["{red}"]
priority = {priority}
text = "{code} on {id}."
conditions = "Terms of {code} on {id}."
fallback = "Fallback of {code} on {id}."
source = "design"
"""

RELATION = """
[[relation]]
to = "{other}"
text = "{code} thinks of {other}."
source = "design"
"""

CONSTITUENCY = """
[[constituency]]
name = "Party {number}"
weight = {weight}
text = "They fish."
accepts = {{dredging = ["b"]}}
punishes = {{dredging = ["a"], tolls = ["c"]}}
source = "design"
"""

FIGURE = """
[[figure]]
label = "Depth at {code}"
value = "7 fathoms"
sources = [{paper}, {public}, "design"]
"""

QUESTION = """
[[question]]
question = "Question {number} to {code}?"
options = ["yes", "no", "perhaps"]
answer = 2
why = "Because of the tide."
source = "design"
"""

PLAIN_KINDS = ("interest", "red_line", "knows", "constraint", "talking_point", "recommendation")


def files() -> dict[str, str]:
    """Each file of the folder by its name."""
    words = " ".join(["harbour"] * 400)
    brief = [f'[[paragraph]]\nheading = "Part {n}"\ntext = "{words}"\nsource = {PUBLIC}\n' for n in (1, 2)]
    return {
        "scenario.toml": COVER + "".join(_delegation(number, code) for number, code in enumerate(CODES)),
        "brief.toml": "".join(brief),
        "issues.toml": "".join(ISSUE.format(id=one) + _options(one) for one in ISSUES),
        "agenda.toml": AGENDA,
        "injects.toml": "".join(_inject(number) for number in range(8)),
        "history.toml": "".join(HISTORY.format(number=number, public=PUBLIC) for number in range(6)),
        "roadmap.toml": ROADMAP.format(paper=PAPER),
        **{f"packs/{code}.toml": _pack(code) for code in CODES},
    }


def write_whole(folder: Path) -> Path:
    """The exercise at `folder`, whose name is its slug."""
    for name, content in files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def _delegation(number: int, code: str) -> str:
    return DELEGATION.format(code=code, number=number, optional="true" if code == "CCC" else "false")


def _options(issue: str) -> str:
    return "".join(OPTION.format(letter=letter, id=issue) for letter in LETTERS)


def _inject(number: int) -> str:
    when = ('"manual"', "{minute = 35}", '{item = "i2", after = 5}', '{item = "i1"}')[number % 4]
    return INJECT.format(number=number, when=when, to='["all"]' if number else '["AAA", "BBB"]')


def _pack(code: str) -> str:
    others = [other for other in CODES if other != code]
    return "".join(
        [
            f'who = "You are {code}, a coast."\n',
            *(PLAIN.format(kind=kind, code=code, paper=PAPER) for kind in PLAIN_KINDS),
            *(_position(code, number, issue) for number, issue in enumerate(ISSUES, 1)),
            *(RELATION.format(code=code, other=other) for other in others),
            *(CONSTITUENCY.format(number=n, weight=weight) for n, weight in enumerate((50, 30, 20))),
            FIGURE.format(code=code, paper=PAPER, public=PUBLIC),
            *(QUESTION.format(number=number, code=code) for number in range(5)),
        ]
    )


def _position(code: str, number: int, issue: str) -> str:
    """All accept b, but on the last issue AAA holds out for c."""
    alone = code == "AAA" and issue == ISSUES[-1]
    text = POSITION.format(id=issue, code=code, priority=number, acceptable='["c"]' if alone else '["b", "c"]', red="a")
    return text.replace('preferred = "b"', 'preferred = "c"') if alone else text.replace(', "c"]', "]")
