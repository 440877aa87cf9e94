"""Numbers that stand for one person, company or place: believed by check digits and the words beside them."""

from __future__ import annotations

from importlib import import_module

import pytest

from rules import scan_text
from rules.validators import coordinates, ip_named, kvk, national, network, plate, vat


def valid(module: str, shape: str) -> str:
    """The first number of a shape that the module accepts; `#` counts through the digits."""
    checker = import_module(f"stdnum.{module}")
    width = shape.count("#")
    for number in range(10 ** min(width, 5)):
        digits = iter(f"{number:0{width}d}")
        text = "".join(next(digits) if char == "#" else char for char in shape)
        if checker.is_valid(text):
            return text
    raise AssertionError(module)


@pytest.mark.parametrize(("words", "module", "shape"), [
    ("rijksregisternummer", "be.nn", "850312307##"), ("Steuer-ID", "de.idnr", "65929970###"),
    ("SV-Nummer", "at.vnr", "12#8150385"), ("codice fiscale", "it.codicefiscale", "RCCMNL83S18D969H"),
    ("PESEL", "pl.pesel", "850312307##"), ("personnummer", "se.personnummer", "850312-30##"),
    ("CPR-nr", "dk.cpr", "1203853###"), ("henkilötunnus", "fi.hetu", "131052-308T"),
    ("fødselsnummer", "no.fodselsnummer", "1203853####"), ("isikukood", "ee.ik", "385031230##"),
    ("asmens kodas", "lt.asmens", "385031230##"), ("rodné číslo", "cz.rc", "850312/30##"), ("OIB", "hr.oib", "331948150##"),
    ("AMKA", "gr.amka", "120385030##"), ("CNP", "ro.cnp", "18503124000##"), ("EGN", "bg.egn", "85031230##"),
    ("EMŠO", "si.emso", "12039855000##"), ("NIF", "pt.nif", "2519647##"), ("PPS number", "ie.pps", "6433435F"),
    ("NHS number", "gb.nhs", "94347659##"), ("UTR", "gb.utr", "#955839661"), ("ITIN", "us.itin", "912-90-34##"),
    ("kennitala", "is_.kennitala", "120385-30#9"), ("AHV", "ch.ssn", "756.9217.0769.##"),
    ("onderwijsnummer", "nl.onderwijsnummer", "10126####"), ("DNI", "es.dni", "54362315K"),
])
def test_national_numbers_of_many_countries(words: str, module: str, shape: str) -> None:
    number = valid(module, shape)
    assert national(number)
    assert number in {f.text for f in scan_text(f"{words} {number} van de aanvrager") if "national_id" in f.rule}
    assert not [f for f in scan_text(f"order {number}") if "national_id" in f.rule]


@pytest.mark.parametrize(("text", "rule"), [
    ("KvK-nummer: 70550199", "identifier.kvk"), ("Kamer van Koophandel 70550199", "identifier.kvk"),
    ("RSIN 111222333", "identifier.rsin"), ("Ondernemingsnummer 0661.055.394", "identifier.vat"),
    ("kenteken GT-482-K", "identifier.plate"), ("de firewall laat 10.44.18.0/24 door", "identifier.ip.network"),
    ("de server staat op 10.4.7.9", "identifier.ip.named"), ("N52.37403 E4.88969", "identifier.coordinates"),
    ("51°55'12.4\"N 4°28'48.1\"E", "identifier.coordinates"), ("Paspoortnummer NX4K8R2P7", "identifier.passport"),
    ("de pincode van de kelder is 6183", "credential.pin"), ("alarmcode 6183", "credential.pin"),
    ("code van de achterdeur: 6183*", "credential.pin"), ("ww = Egel&Kraai7", "credential.password"),
    ("het beheerwachtwoord staat nog op Egel2023!", "credential.password"),
    ("inlogcode voor gasten: EGL-77-KRV", "credential.password"),
    ("de sleutel voor de testomgeving is pk-test-83hd7Ks02mLq", "credential.secret.assigned"),
])
def test_found(text: str, rule: str) -> None:
    assert [f.rule for f in scan_text(text) if f.rule.startswith(rule.partition(".")[0])] == [rule]


@pytest.mark.parametrize("text", [
    "55501239 bezoekers in 2030", "KvK-dag op 20310412", "server version 10.4.7.9", "private ranges such as 10.0.0.0/8",
    "bouwdeel GT-482-K", "turn 45° 30' to the left", "een pincode van vier cijfers", "Het wachtwoord staat op een briefje",
    "De toegangscode krijg je bij de balie", "alarmcode sinds 2024", "Sleutel tot succes: aandacht",
    "Wachtwoord: minimaal 12 tekens", "artikelnummer 70550199",
])
def test_left_alone(text: str) -> None:
    assert [f.rule for f in scan_text(text) if f.category.value in ("identifier", "credential", "contact")] == []


def test_validators_give_one_form() -> None:
    assert vat("0661.055.394") == vat("BE 0661.055.394")
    assert plate("gt-482-k") == "GT482K" and plate("12-34-56") is None and plate("1-ABC-123") == "1ABC123"
    assert kvk("70550199") and kvk("20310412") is None and kvk("11111111") is None
    assert ip_named("10.4.7.9") and ip_named("8.4.7.9") is None and ip_named("10.4.7.900") is None
    assert network("10.44.18.0/24") and network("10.0.0.0/8") is None and network("192.168.1.0/24") is None
    assert coordinates("51°55'12.4\"N 4°28'48.1\"O") == "51.9201,4.4800"
