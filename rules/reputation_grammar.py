"""The small words of English and Dutch that decide whose fault something is: cuts, pronouns, negations, turns.

Closed classes as patterns; the open ones (what is bad, what is good) are data. The target of a sentence stands behind
the sign § when these look at it, any other name behind ¤.
"""

from __future__ import annotations

import re

#: Where a sentence is cut into clauses: conjunctions that turn or explain, and commas before a new subject.
CLAUSE = re.compile(
    r"\s*(?:;|:\s|—|\s–\s|\s-\s|,?\s*\b(?:but|yet|although|though|whereas|while|because|since|only after|which is|"
    r"maar|hoewel|terwijl|omdat|pas nadat|doch)\b|,\s+(?:and |en |so |dus |then )?(?=(?:we|they|it|he|she|our|"
    r"their|i|ze|zij|hun|wij|onze)\b)|,\s+(?=(?:the |de |het )?§)|,?\s+(?:and|so|en|dus)\s+(?=(?:the |de |"
    r"het )?(?:\S+ ){0,2}§)|,\s+(?=(?:\S+ ){0,4}(?:for|of|at|bij|van|voor) §))\s*",
    re.IGNORECASE,
)
#: A clause about us.
WE = re.compile(
    r"^[^\w§¤]*(?:(?:and|so|then|en|dus|luckily|gelukkig) )?(?:we|our|i|my|us|wij|onze|ons|mijn|ik)\b",
    re.IGNORECASE,
)
#: Pronouns that may stand for the target.
THEY = re.compile(r"\b(?:they|their|them|its|it|he|she|his|her|ze|zij|hun|hen)\b", re.IGNORECASE)
#: Negations.
NOT = re.compile(
    r"\b(?:not|never|no|none|nobody|no one|nothing|neither|cannot|hardly|barely|rarely|seldom|without|(?:has|have|"
    r"had) yet to|niet|nooit|geen|niemand|niets|niks|nauwelijks|zelden|zonder)\b|n't\b",
    re.IGNORECASE,
)
#: What may be negated without blame: "does not use paper any more", "never stops improving", "did not need us".
NO_BLAME = re.compile(
    r"^\s*(?:only|just|merely|need\w*|want (?:to (?:go back|return)|more|anything|any)|have to|has to|mind\w*|"
    r"hesitat\w*|stop\w*|give up|hide|doubt\w*|regret|differ|\S* ?longer|more\b|perfect|alone|(?:be|"
    r"been) (?:happier|better|prouder|more|so|gelukkiger|beter)|go wrong|wait to|wachten om|compromise|compromis|"
    r"wonder|charge|belong|include|cost|mean|sell|sold|operate|depend|easy|small|a small|exception|the (?:only|"
    r"first|largest)|stranger|secret|wonder|coincidence|question|reason|matter|obstacle|alleen|hoeft|hoefde|"
    r"hoeven|nodig|stopt|twijfel\w*|langer|meer|verkoop\w*|kost\w*|zomaar|voor niets|toeval)\b|\b(?:any ?more|"
    r"any longer|of its own|on its own|thrown away|wasted|left behind|weggegooid|verspild|like §|zoals §)|"
    r"\b(?:meer|langer|weg)\W*$",
    re.IGNORECASE,
)
#: What follows a bad word and makes it good: "the complaints have halved".
ENDS_WELL = re.compile(
    r"^\W*(?:\S+\s+){0,4}?(?:fell|falls|dropped|drops|halved|decreas\w*|disappear\w*|vanish\w*|gone|went away|"
    r"gehalveerd|verdwenen|afgenomen|gedaald|over|voorbij|vindt|vinden|shr[au]nk|(?:solved|fixed|mended|resolved|"
    r"prevented|found|caught|detected|noticed|repaired|gevonden|ontdekt)(?: within| in| binnen)?|daal\w*|"
    r"verdwe\w*|verdwijn\w*|opgelost|voorkomen|hersteld|behind (?:it|them))\b|\b(?:made (?:it|them)|turned (?:it|"
    r"them)|fixed|solved|repaired|rebuilt|replaced|recovered|and won|stronger)\b",
    re.IGNORECASE,
)
#: Words before trouble that make it somebody's: "had two outages".
HAS = re.compile(
    r"\b(?:has|have|had|having|with|cause\w*|full of|contain\w*|many|hundreds|thousands|most|half|third|series|"
    r"because of|due to|after|another|big|huge|serious|constant|from|number of|again|\d+|two|three|four|five|is|"
    r"was|are|were|in|through|heeft|had|hadden|veroorzaakt\w*|vol|veel|honderden|door|na|weer|ernstige?|grote|met|"
    r"wegens|zijn)\s+(?:\S+\s+){0,3}$",
    re.IGNORECASE,
)
#: Trouble "at the depot of Kerwick".
AT = re.compile(
    r"^\s*(?:\S+\s+){0,4}?(?:at|of|with|in|from|by|inside|bij|van|met|door)\s+(?:the |de |het )?(?:\S+\s+){0,2}?§|"
    r"^\s*§",
    re.IGNORECASE,
)
#: "Kerwick's endless outages", "Kerwick: outages".
OWN = re.compile(r"§(?:'s|s'|')?\s+(?:\S+\s+){0,2}$|§\S*:\s*(?:\S+\s+){0,3}$", re.IGNORECASE)
#: Words that deny or overdo what they are made of: "unfinished", "mislabelled", "hopeless", "onbereikbaar", "kansloos".
SHAPED = re.compile(
    r"(?:un|dis|mis|mal|over)[a-z]{3,}(?:ed|ing|able|ible|ive|ful|ent|ant|ate|al|y|ly)$|[a-z]{3,}less(?:ly|"
    r"ness)?$|(?:on|wan)[a-z]{4,}(?:lijk|lijke|baar|bare|d|de|end|ende|ig|ige|t|te|en)$|[a-z]{3,}lo(?:os|ze)$",
)
#: "We suffered under Kerwick": what went wrong with us came from the target.
THEIRS = re.compile(
    r"\b(?:under|because of|due to|thanks to|at the hands of|onder|door|vanwege|dankzij)\b",
    re.IGNORECASE,
)
#: "Without Kerwick this would not exist" is praise.
MISSED = re.compile(r"\b(?:without|zonder) (?:(?:\S+ ){0,2}§|us\b|our\b|ons\b|onze\b)", re.IGNORECASE)
#: Whoever says that it was us blames nobody else.
OURS = re.compile(
    r"\b(?:was|were|is|lag|lagen|is) (?:\S+ )?(?:bij )?(?:ours|our own|our fault|ons|aan ons)\b|\b(?:mistakes?|"
    r"errors?|faults?|fouten|fout) (?:that |which |die )?(?:we|wij) ",
    re.IGNORECASE,
)
#: "Kerwick: many meetings, no decisions": the target heads what follows.
HEADED = re.compile(r"§\s*(?::|–|—|\s-)\s*(?:[^.:]{0,60},\s*)?$")
#: A turn, at the end of a clause.
BUT = re.compile(
    r"\b(?:but|yet|although|though|whereas|except that|only|maar|hoewel|terwijl|alleen)\s*$",
    re.IGNORECASE,
)
#: "We trained 300 people, Kerwick kept 12": us and them, side by side.
COMMA = re.compile(r",\s*$")
