"""A mask in the words of its place: "the", "a" or "an", the possessive, a plural, capitals, compounds, what stands beside.

`fit` is given a text in which everything to the right is final. It gives back which span to replace and by what; what
English and Dutch do differently is in two files beside this one. Nothing here knows why something is withheld.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.finding import Category
from rules.clearing_edits import Edit, Kind
from rules.masks import wording
from rules.phrases import articled, definite, head_noun
from rules.roles import before, behind, relations

_STARTS = re.compile(r"(?:^|[.!?…][\"'”’)]*\s+|\n\s*|^\s*(?:[-•*–—▪>]|\d+[.)])+\s*)[\"'“‘(]*$")
#: A title goes with its name; where it is a role ("Doctor Vermolen") it says who is meant.
_TITLE = re.compile(r"(?:\b(?i:mr|mrs|ms|miss|mx|dr|prof|ir|ing|drs|dhr|mevr|mw|mevrouw|meneer|mijnheer|de heer)\.?|"
                    r"\b(?:Sister|Brother|Matron|Sir|Dame|Lord|Lady|Captain|Sergeant|Sgt|Inspector|Constable|Reverend|Rev|Cllr|"
                    r"Zuster|Broeder|Pater|Dominee|Ds|Juf|Meester|Kapitein|Inspecteur)\.?)\s+$")
_SHORT = re.compile(r"(?i)\b(?:vs|e\.g|i\.e|cf|ca|incl|excl|resp|bijv|d\.w\.z|o\.a|t\.o\.v|m\.b\.t)\.\s+[\"'“‘(]*$")
_PARTS = re.compile(r"[\n():;|–—•]")
_EXCHANGE = re.compile(r"\b(?:NYSE|NASDAQ|Nasdaq|LSE|AEX|AMX|XETRA|TSX|ASX|OSE|OTC|Euronext(?: [A-Z][a-z]+)?)\s*:\s*$")
#: Parts of a company that are named with it.
_PART_OF = re.compile(
    r"(?:\s+(?:Group|GROUP|Groep|Holdings?|International|Worldwide|Global|Nederland|Netherlands|Belgium|België|Benelux|Deutschland|"
    r"Germany|France|UK|USA|US|EMEA|Europe)\b(?!\s+[A-Z][a-z]))")
#: Words that say whose or which, up to two more, and a noun: "our largest customer".
_WHOSE = re.compile(
    r"(?i)(?:^|(?<=\W))(?P<whose>(?:the|our|my|your|their|his|her|a|an|this|that|one|de|het|een|onze|ons|mijn|deze|dit|hun|jullie)\s+)?"
    r"(?P<kind>(?:(?!of\b|from\b|by\b|and\b|for\b|van\b|voor\b|en\b|met\b|that\b|dat\b|"
    r"the\b|our\b|onze\b|is\b|was\b|with\b|into\b|about\b|than\b|like\b|over\b|bij\b|aan\b|naar\b|door\b|when\b|where\b|because\b)[a-z][a-z-]{2,}\s+){0,2}?"
    r"(?P<noun>[a-z]{3,}))\s+$")
_GOES_ON = re.compile(
    r"\s+(?!(?:an?|the|our|my|their|een|de|het|onze|mijn|hun)\b|[a-z]+-|[a-z]+(?:er|or|ist|man|eur|in)\b)"
    r"[a-z][\w'’-]*(?:\s+[\w'’\"“(-]+)")
#: A second thing said of somebody between commas, with no verb of its own: ", three weeks in the job, told us".
_ASIDE = re.compile(
    r"^,\s+(?:\d|(?:aged?|just|only|barely|nearly|almost|newly|new|still|in|on|from|with|for|\w+ (?:days|weeks|months|years)|"
    r"net|pas|nog|bijna|nieuw|uit|van|met|\w+ (?:dagen|weken|maanden|jaar))\b)[^,.;:!?()\n]{2,40},\s+[a-z]")
_LEADS_IN = re.compile(r"(?i)(?:^|[.!?]\s+)(?:according to|thanks to|for|like|unlike|as|with|in the words of)\s+$")
#: Before a role without an article of its own: "the board's own engineer, Pia Vermolen,", "our brilliant engineer, ...".
_OWNED = re.compile(r"(?i)(?:\w['’]s?|\b(?:our|the|their|its|his|her|my|your|an?|de|het|onze|ons|hun|een|mijn|jullie|zijn|"
                    r"haar))\s+(?:own|eigen|(?!and\b|or\b|en\b|of\b)[a-z-]{3,})\s+$|\w['’]s?\s+$")
#: A name as an adjective ("the Vermolen farm"): it says whose, and the noun behind it what.
_THEIR_NOUN = re.compile(r"(?i)(?:^|\W)the\s+$")
_NOUN = re.compile(r"\s+(?=[a-z])(?!(?:and|or|who|is|was|are|were|has|had|have|said|says|told|of|in|on|at|to|for|with|from|"
                   r"by|as|than|that|did|does|will|would|could|can|I)\b|[a-z]+ed\b)")
#: Where somebody works who is masked by a role that says so already: "our registrar of the registry".
_OF_THERE = re.compile(r"\s+(?:of|from|at|van|bij|uit)\s+(?:the|de|het|our|onze)\s+(?P<where>[\w-]+)")
_STEM = 5
#: A clause behind a name that says who is meant.
_WHO = re.compile(r"^,(?P<said>\s+(?:who|die)\s[^,.;:!?()\n]+)(?P<stop>,)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mask goes: the span, what is on its line before it and behind it, and how the line is written."""

    text: str
    start: int
    end: int
    edit: Edit
    again: bool

    @property
    def head(self) -> str:
        """The line before the span."""
        return self.text[self.text.rfind("\n", 0, self.start) + 1:self.start]

    @property
    def tail(self) -> str:
        """The text behind the span."""
        return self.text[self.end:]

    @property
    def begins(self) -> bool:
        """Whether a sentence begins with the span."""
        return bool(_STARTS.search(self.head)) and not _SHORT.search(self.head)

    @property
    def shouted(self) -> bool:
        """Whether name and line are in capitals."""
        gone = self.text[self.edit.start:self.edit.end]
        rest = _PARTS.split(self.head)[-1] + " " + _PARTS.split(self.tail)[0]
        if not gone.isupper() or not (rest.isupper() or not any(map(str.isalpha, rest))):
            return False
        return len(gone) > 5 or len(re.findall(r"[^\W\d_]{2,}", rest)) >= 1


def fit(text: str, edit: Edit, language: str, again: bool) -> tuple[int, int, str]:
    """The span that changes and the words that stand there afterwards. `again`: an earlier mask of the text speaks of it."""
    from rules import clearing_fit_en, clearing_fit_nl

    place = _widened(Place(text, edit.start, edit.end, edit, again))
    role = _by_role(place, language)
    if role is not None:
        start, end, words, person_said = role
        if person_said:  # "our planner" stands as it stood
            return start, end, words
        place = Place(text, start, end, edit, again)
    start, end, words = (clearing_fit_nl if language == "nl" else clearing_fit_en).worded(place)
    if place.shouted:
        return start, end, words.upper()
    now = Place(text, start, end, edit, again)
    gone = text[start:start + 1]
    if now.begins and (gone.isupper() or not gone.isalpha() or text[edit.start:edit.start + 1].isupper()):
        words = words[:1].upper() + words[1:]
    return start, end, words


def _widened(place: Place) -> Place:
    """The span with "Mr." and "NYSE:" before it, and "Group" and "Nederland" behind it."""
    start, end = place.start, place.end
    about = place.edit.about
    title = _TITLE.search(place.head) if about is Category.PERSON or about is None else None
    exchange = _EXCHANGE.search(place.head)
    found = title or exchange
    if found:
        start -= len(found.group())
    if about is Category.CUSTOMER and not place.edit.glued:
        part = _PART_OF.match(place.tail)
        end += part.end() if part else 0
    return Place(place.text, start, end, place.edit, place.again)


def _by_role(place: Place, language: str) -> tuple[int, int, str, bool] | None:
    """What the words beside the name already say: "our customer", "the bank", "our planner", ", head of planning,".

    Span and words; the last item says whether those words are all that is to stand there.
    """
    if place.edit.about is Category.PERSON:
        return _person(place, language)
    if not articled(place.edit.text) and place.edit.kind is Kind.MASK:
        return None
    found = _WHOSE.search(place.head)
    if not found or found["noun"].lower() not in relations() | {head_noun(place.edit.text)}:
        return None
    line = place.start - len(place.head)
    if found["whose"] and place.edit.kind is Kind.MASK:
        end = place.end
        if re.match(r"['’](?=[\s,.;:!?)]|$)", place.tail):  # "our customer Halden Foods' board"
            return line + found.end("noun"), end + 1, "'s", True
        return line + found.end("noun"), end, "", True
    start = line + (found.start() if found["whose"] else found.start("noun"))
    return start, place.end, "", False


def _person(place: Place, language: str) -> tuple[int, int, str, bool] | None:
    said = before(place.text, place.start)
    if said:
        start = place.start - len(said["all"])
        if (said["whose"] or _OWNED.search(place.text[:start])) and place.edit.kind is Kind.MASK:
            # "Our planner, Pia, asked": the comma behind the name goes with the one before it.
            closes = "," in said["all"][len(said["all"].rstrip(" ,")):] and re.match(r",\s+[a-z]", place.tail) and not (
                _ASIDE.match(place.tail))
            end = place.end + 1 if closes and not re.match(r",\s+(?:die|dat|who|which)\b", place.tail) else place.end
            return place.start - (len(place.head) - len(place.head.rstrip(" ,"))), end, "", True
        return start, place.end, "", False
    noun = _NOUN.match(place.tail)
    if language == "en" and noun and _THEIR_NOUN.search(place.head) and place.edit.kind is Kind.MASK and not place.edit.glued:
        return place.start, place.end + noun.end(), "", True
    there = _OF_THERE.match(place.tail)
    if there and place.edit.kind is Kind.MASK and (
            head_noun(place.edit.text)[:_STEM].lower() == there["where"][:_STEM].lower()):
        return place.start, place.end + there.end(), "", False
    told = behind(place.text, place.end)
    if told and place.edit.kind is Kind.MASK:
        mask = place.edit.text
        words = (definite(mask, language) if place.again else mask) + (told["more"] or "")
        whose = (told["whose"] or "").strip().lower()
        if whose and whose not in {"a", "an", "een", "one"}:
            words = f"{whose} {told['role']}{told['more'] or ''}"
        stop = told.groupdict().get("stop") or ""
        # The comma stays where no sentence about that person goes on behind it: "According to the CTO, Halden Foods has".
        ends = stop and (not _GOES_ON.match(place.tail[len(told["all"]) + len(stop):]) or (
            language != "nl" and _LEADS_IN.search(place.head)))
        end = place.end + len(told["all"]) + (0 if ends else len(stop))
        return place.start, end, words[:1].upper() + words[1:] if place.begins else words, True
    clause = _WHO.match(place.tail)
    if clause and place.edit.kind is Kind.MASK and place.edit.text == wording(language).somebody:
        # "Somebody who runs a plant asked": the clause now says who is meant, so it has no commas (Dutch keeps the last).
        words = place.edit.text + clause["said"] + (clause["stop"] or "" if language == "nl" else "")
        return place.start, place.end + clause.end(), words[:1].upper() + words[1:] if place.begins else words, True
    return None

