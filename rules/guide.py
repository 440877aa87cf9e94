"""The rules as friendly guidelines for staff, in English or Dutch, made from the rules' own why and suggestion.

So the guide can never say something else than what the scan does. Rules that share a why are told once.
"""

from __future__ import annotations

from content.finding import Category
from rules.catalogue import rules
from rules.rule import Rule

#: Category -> heading and opening line, in English and Dutch. In the order in which people want to know.
_SECTIONS: dict[Category, tuple[tuple[str, str], tuple[str, str]]] = {
    Category.CUSTOMER: (("Customers", "Leave customers out until they have said yes."),
                        ("Klanten", "Noem klanten pas als ze ja hebben gezegd.")),
    Category.REPUTATION: (("Speaking of others", "Write nothing that you would not say with them in the room."),
                          ("Over anderen", "Schrijf niets wat u niet zou zeggen met hen erbij.")),
    Category.ORGANISATION: (("Other organisations", "Partners and competitors read along."),
                            ("Andere organisaties", "Partners en concurrenten lezen mee.")),
    Category.PERSON: (("People", "Ask before you name somebody."), ("Mensen", "Vraag het voor u iemand noemt.")),
    Category.PRIVATE: (("Private matters", "Health, family, belief and home are nobody's business."),
                       ("Privézaken", "Gezondheid, familie, geloof en huis gaan niemand aan.")),
    Category.CONTACT: (("Ways to reach people", "An address in a post stays there."),
                       ("Bereikbaarheid", "Een adres in een bericht blijft daar staan.")),
    Category.CREDENTIAL: (("Passwords and keys", "What was on a slide is no secret any more: have it changed."),
                          ("Wachtwoorden en sleutels", "Wat op een dia stond, is geen geheim meer: laat het "
                                                       "wijzigen.")),
    Category.IDENTIFIER: (("Numbers that stand for somebody", "Accounts, cards, registers and machines."),
                          ("Nummers die iemand aanwijzen", "Rekeningen, kaarten, registers en machines.")),
    Category.CONFIDENTIAL: (("Marks", "A mark is somebody's wish. Ask that person."),
                            ("Merktekens", "Een merk is iemands wens. Vraag het die persoon.")),
    Category.FIGURES: (("Figures", "Plans, prices and results belong to finance until they are published."),
                       ("Cijfers", "Plannen, prijzen en resultaten zijn van financiën tot ze openbaar zijn.")),
    Category.PROMISE: (("Promises", "What you promise, somebody else must keep."),
                       ("Beloften", "Wat u belooft, moet een ander waarmaken.")),
    Category.HIDDEN: (("What is in the file and was not shown", "Whoever gets the file gets all of it."),
                      ("Wat in het bestand zit en niet is getoond", "Wie het bestand krijgt, krijgt alles.")),
    Category.INJECTION: (("Words for machines", "Some text is written to steer a language model."),
                         ("Woorden voor machines", "Sommige tekst is geschreven om een taalmodel te sturen.")),
    Category.UNREAD: (("What could not be read", "Nobody can vouch for it."),
                      ("Wat niet kon worden gelezen", "Daar kan niemand voor instaan.")),
    Category.QUALITY: (("Title and description", "Nobody opens what has no name."),
                       ("Titel en omschrijving", "Niemand opent wat geen naam heeft.")),
}
_INTRO = (
    ("Before you post", "What is looked at when you share a talk, why, and what you can write instead. Nothing "
                        "of it forbids you "
     "to share; most of it takes a minute."),
    ("Voor u iets plaatst", "Waar naar wordt gekeken als u een presentatie deelt, waarom, en wat u in plaats "
                            "daarvan kunt "
     "schrijven. Niets ervan verbiedt u te delen; het meeste kost een minuut."),
)


def guide(language: str = "en") -> str:
    """The guide as Markdown: Dutch for "nl", English for everything else."""
    dutch = language == "nl"
    title, opening = _INTRO[dutch]
    lines = [f"# {title}", "", opening, ""]
    for category, texts in _SECTIONS.items():
        own = [rule for rule in rules() if rule.category is category]
        if not own:
            continue
        heading, rule_line = texts[dutch]
        lines += [f"## {heading}", "", rule_line, "", *dict.fromkeys(_line(rule, dutch=dutch) for rule in own), ""]
    return "\n".join(lines).rstrip() + "\n"


def _line(rule: Rule, *, dutch: bool) -> str:
    wording = rule.nl if dutch and rule.nl else rule
    why, instead = wording.why.strip(), wording.suggestion.strip()
    return f"- {why} *{instead}*" if instead else f"- {why}"
