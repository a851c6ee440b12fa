"""All proposals from one paper, each in short words of its own with the places it rests on.

A label is made of the names that the gazetteer has and one or two noun phrases: enough to know what is meant, too
little to be a quotation. Whoever accepts it is expected to write the sentence.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from delegations import words
from delegations.drafting.advice import Advice, advice
from delegations.drafting.disputes import Dispute, disputes
from delegations.drafting.parties import Party, parties, short_name, widened
from delegations.drafting.proposal import Kind, Place, Proposal
from delegations.drafting.stakes import Count, Stake, counts, stakes
from delegations.drafting.wording import Anchors, Readable, Sentence, sentences, things
from delegations.papers.gazetteer import Gazetteer
from delegations.papers.structure import is_inline

MOST_PLACES: Final = 8
MOST_NAMES: Final = 4
PHRASES_IN_LABEL: Final = 2
VERB: Final = re.compile(
    r"\W*(?:to )?(?P<no>(?:not|never) )?(?:[a-z]+ly )?(?P<verb>(?:(?:be|become) (?:more |less )?)?[A-Za-z][\w-]*)"
)
POSSESSIVE: Final = re.compile(r"^['’]s?\b")


def propose(passages: Sequence[Readable], gazetteer: Gazetteer) -> tuple[Proposal, ...]:
    """Every proposal, kind by kind, in the paper's order (issues: the clearest first); none twice."""
    reader = _Reader.of(passages, gazetteer)
    found = [
        *(reader.delegation(party) for party in reader.parties),
        *(reader.recommendation(one) for one in reader.advised if reader.codes(one.keys) or not one.keys),
        *(reader.issue(one) for one in disputes(passages, reader.advised, reader.gazetteer)),
        *(reader.interest(one) for one in stakes(passages, reader.gazetteer) if reader.codes([one.key])),
        *(reader.figure(one) for one in counts(passages)),
    ]
    return tuple({one.key: one for one in found if one.label}.values())


@dataclass(frozen=True, slots=True)
class _Reader:
    passages: Sequence[Readable]
    gazetteer: Gazetteer
    parties: tuple[Party, ...]
    advised: tuple[Advice, ...]
    anchors: Anchors

    @classmethod
    def of(cls, passages: Sequence[Readable], gazetteer: Gazetteer) -> "_Reader":
        wider = widened(gazetteer, passages)
        whole = [one.text for one in passages if not is_inline(section=one.section)]
        advised = tuple(advice(passages, wider))
        keys = frozenset(key for one in advised for key in one.keys)
        return cls(passages, wider, parties(passages, wider, advised=keys), advised, Anchors(whole))

    def codes(self, keys: Sequence[str]) -> tuple[str, ...]:
        by_key = {party.entry.key: party.code for party in self.parties}
        return tuple(by_key[key] for key in keys if key in by_key)

    def delegation(self, party: Party) -> Proposal:
        shown = ", ".join(f"{name} {times}" for name, times in party.names[:MOST_NAMES])
        places = tuple(
            self._place(self.passages[number], self._naming(self.passages[number], party))
            for number in party.places[:MOST_PLACES]
        )
        return Proposal(
            Kind.DELEGATION,
            (party.code,),
            short_name(party.entry),
            f"named in {len(party.places)} passages ({shown})",
            places,
            full_name=_full_name(party),
            optional=party.optional,
        )

    def recommendation(self, one: Advice) -> Proposal:
        codes = self.codes(one.keys) or tuple(party.code for party in self.parties if not party.optional)
        label = self._label(one.deed, one.passage, without=one.keys)
        return Proposal(Kind.RECOMMENDATION, codes, label, one.why, (self._place(one.passage, one.sentence),))

    def issue(self, dispute: Dispute) -> Proposal:
        named = Counter(
            mention.entry.key
            for passage, sentence in dispute.places
            for mention in self.gazetteer.mentions(sentence.text, around=passage.section)
        )
        places = tuple(self._place(*place) for place in dispute.places[:MOST_PLACES])
        codes = self.codes(list(dict.fromkeys([*(key for key, _ in named.most_common()), *dispute.keys])))
        return Proposal(
            Kind.ISSUE, codes, _capital(dispute.topic), ", ".join(dispute.signs), places, options=dispute.options
        )

    def interest(self, stake: Stake) -> Proposal:
        about = self._about(stake.what, stake.passage, without=[stake.key])
        label = f"{_capital(stake.verb)}: {about}" if about else ""
        place = self._place(stake.passage, stake.sentence)
        return Proposal(Kind.INTEREST, self.codes([stake.key]), label, f"“{stake.verb}” behind its name", (place,))

    def figure(self, count: Count) -> Proposal:
        keys = self._named(count.sentence.text, count.passage, kinds=("country",))
        label = self._about(count.around, count.passage, without=keys, most=1) or count.passage.section
        place = self._place(count.passage, count.sentence)
        return Proposal(
            Kind.FIGURE,
            self.codes(keys),
            _capital(label)[: words.LOCATOR],
            "a number with its unit",
            (place,),
            value=count.value,
        )

    def _label(self, deed: str, passage: Readable, *, without: Sequence[str]) -> str:
        """What is to be done, to what, with whom: "Enhance: cooperation, compromise (United States)"."""
        found = VERB.match(deed)
        about = self._about(deed[found.end() :] if found else deed, passage, without=without)
        verb = f"{found['no'] or ''}{found['verb']}" if found else ""
        return ": ".join(part for part in (_capital(verb), about) if part)

    def _about(self, text: str, passage: Readable, *, without: Sequence[str] = (), most: int = PHRASES_IN_LABEL) -> str:
        bare, names = text, dict[str, None]()
        for mention in reversed(self.gazetteer.mentions(text, around=passage.section)):
            bare = f"{bare[: mention.start]} ; {POSSESSIVE.sub('', bare[mention.end :])}"
            if mention.entry.key not in without:
                names = {short_name(mention.entry): None, **names}
        shown = ", ".join(things(bare)[:most])
        told = ", ".join(list(names)[:MOST_NAMES])
        return f"{shown} ({told})" if shown and told else shown or told

    def _named(self, text: str, passage: Readable, *, kinds: Sequence[str]) -> list[str]:
        mentions = self.gazetteer.mentions(text, around=passage.section)
        return list(dict.fromkeys(one.entry.key for one in mentions if one.entry.kind in kinds))[:1]

    def _naming(self, passage: Readable, party: Party) -> Sentence:
        """The first sentence of the passage that names the party, and that can be found again by its words."""
        whole = list(sentences(passage.text))
        naming = [one for one in whole if party.entry.key in self._keys(one, passage)]
        return next((one for one in [*naming, *whole] if self.anchors.anchor(one.text)), whole[0])

    def _keys(self, sentence: Sentence, passage: Readable) -> set[str]:
        around = f"{passage.section} {passage.text}"
        return {one.entry.key for one in self.gazetteer.mentions(sentence.text, around=around)}

    def _place(self, passage: Readable, sentence: Sentence) -> Place:
        return Place(passage.locator, self.anchors.anchor(sentence.text), sentence.text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _full_name(party: Party) -> str:
    """The longest name that the entry has: "Kingdom of Osmark"."""
    long = [name for name in (party.entry.name, *party.entry.aliases) if " of " in name]
    return max(long, key=len, default=party.entry.name)
