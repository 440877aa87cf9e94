"""What Dutch says for what is written: a long table, so that no rule can be moved without hearing it."""

from __future__ import annotations

import pytest

from generators.speech.spoken import speak

TABLE = r"""
€ 2,5 mln ⇒ twee komma vijf miljoen euro
€ 1.250,50 ⇒ duizendtweehonderdvijftig euro vijftig
€ 5k ⇒ vijfduizend euro
€1,5–2 miljoen ⇒ één komma vijf tot twee miljoen euro
€10-€15 ⇒ tien euro tot vijftien euro
een budget van € 5 miljoen ⇒ een budget van vijf miljoen euro
$ 3 mld ⇒ drie miljard dollar
£ 20 ⇒ twintig pond
€ 12/maand ⇒ twaalf euro per maand
€ 0,50 per GB ⇒ vijftig cent per gigabyte
in 2024 ⇒ in tweeduizend vierentwintig
in 2005 ⇒ in tweeduizend vijf
in 1998 ⇒ in negentienhonderdachtennegentig
in 1900 ⇒ in negentienhonderd
2019-2024 ⇒ tweeduizend negentien tot tweeduizend vierentwintig
2023/24 ⇒ tweeduizend drieëntwintig tot tweeduizend vierentwintig
2023-'24 ⇒ tweeduizend drieëntwintig tot tweeduizend vierentwintig
jaren '90 ⇒ jaren negentig
de jaren 80 ⇒ de jaren tachtig
1 maart 2024 ⇒ één maart tweeduizend vierentwintig
1 mrt 2024 ⇒ één maart tweeduizend vierentwintig
ma 3 jan ⇒ maandag drie januari
01-03-2024 ⇒ één maart tweeduizend vierentwintig
31-12-2023 ⇒ eenendertig december tweeduizend drieëntwintig
12 dec. 2023 ⇒ twaalf december tweeduizend drieëntwintig
jan-mrt ⇒ januari tot maart
ma–vr ⇒ maandag tot vrijdag
9:00 uur ⇒ negen uur
9.30 uur ⇒ negen uur dertig
09:05 ⇒ negen uur vijf
14:30u ⇒ veertien uur dertig
om 14.30 uur ⇒ om veertien uur dertig
van 9 tot 17 uur ⇒ van negen tot zeventien uur
van 9:00-17:00 uur ⇒ van negen uur tot zeventien uur
12,5% ⇒ twaalf komma vijf procent
~40 % ⇒ ongeveer veertig procent
>99,9% ⇒ meer dan negenennegentig komma negen procent
-5 °C ⇒ min vijf graden Celsius
½ uur ⇒ een half uur
1½ uur ⇒ anderhalf uur
2,5 uur ⇒ twee komma vijf uur
1/3 van de mensen ⇒ een derde van de mensen
3/4 ⇒ drie kwart
3x zo snel ⇒ drie keer zo snel
5.000+ ⇒ vijfduizend plus
1.250.000 ⇒ één miljoen tweehonderdvijftigduizend
10.000 m² ⇒ tienduizend vierkante meter
3 m³ ⇒ drie kubieke meter
5 km/u ⇒ vijf kilometer per uur
km/u ⇒ kilometer per uur
100 kWh ⇒ honderd kilowattuur
10 kWh/jaar ⇒ tien kilowattuur per jaar
16 GB ⇒ zestien gigabyte
20 min ⇒ twintig minuten
2 u ⇒ twee uur
3 wkn ⇒ drie weken
6 mnd ⇒ zes maanden
50 fte ⇒ vijftig F.T.E.
1 fte ⇒ één F.T.E.
1e ⇒ eerste
2e ⇒ tweede
3de ⇒ derde
21e eeuw ⇒ eenentwintigste eeuw
de 1ste ⇒ de eerste
100e ⇒ honderdste
Q1 ⇒ kwartaal één
Q3 2024 ⇒ kwartaal drie tweeduizend vierentwintig
Q1-Q3 ⇒ kwartaal één tot kwartaal drie
v2.1 ⇒ versie twee komma één
versie 3.11 ⇒ versie drie komma elf
bijv. dit ⇒ bijvoorbeeld dit
d.w.z. dat ⇒ dat wil zeggen dat
o.a. dit ⇒ onder andere dit
m.b.t. dit ⇒ met betrekking tot dit
t.o.v. vorig jaar ⇒ ten opzichte van vorig jaar
i.p.v. dat ⇒ in plaats van dat
t/m 2025 ⇒ tot en met tweeduizend vijfentwintig
1 t/m 5 ⇒ één tot en met vijf
i.v.m. ziekte ⇒ in verband met ziekte
i.h.k.v. het project ⇒ in het kader van het project
a.d.h.v. data ⇒ aan de hand van data
m.u.v. zondag ⇒ met uitzondering van zondag
t.b.v. de klant ⇒ ten behoeve van de klant
t.z.t. ⇒ te zijner tijd
z.s.m. ⇒ zo snel mogelijk
e.d. ⇒ en dergelijke
enz. ⇒ enzovoort
vgl. dit ⇒ vergelijk dit
evt. later ⇒ eventueel later
ca. 5 ⇒ circa vijf
incl. btw ⇒ inclusief B.T.W.
excl. BTW ⇒ exclusief B.T.W.
p.p. ⇒ per persoon
p/m ⇒ per maand
p.j. ⇒ per jaar
per jr ⇒ per jaar
nr. 5 ⇒ nummer vijf
blz. 12 ⇒ bladzijde twaalf
art. 5 ⇒ artikel vijf
hfst. 3 ⇒ hoofdstuk drie
fig. 2 ⇒ figuur twee
dhr. Jansen ⇒ de heer Jansen
mevr. de Vries ⇒ mevrouw de Vries
mw. de Vries ⇒ mevrouw de Vries
drs. Bakker ⇒ doctorandus Bakker
ir. Smit ⇒ ingenieur Smit
prof. dr. Vos ⇒ professor doctor Vos
Halden BV ⇒ Halden B-V
BTW ⇒ B.T.W.
btw ⇒ B.T.W.
KvK ⇒ Kamer van Koophandel
AVG ⇒ A-V-G
AI's ⇒ A-I's
API's ⇒ A-P-I's
pdf's ⇒ P.D.F.'s
KPI's ⇒ K-P-I's
OKR's ⇒ O-K-R's
zzp'er ⇒ Z.Z.P.'er
NAVO ⇒ Navo
RIVM ⇒ R-I-V-M
WhatsApp ⇒ wots ep
www.voorbeeld.nl ⇒ de link in de toelichting
https://voorbeeld.nl/a ⇒ de link in de toelichting
info@voorbeeld.nl ⇒ info apenstaartje voorbeeld punt nl
#KennisDelen ⇒ Kennis Delen
.NET ⇒ dot net
4G ⇒ vier G
A4 ⇒ A vier
en/of ⇒ en of
hij/zij ⇒ hij of zij
n.v.t. ⇒ niet van toepassing
ja/nee ⇒ ja of nee
's avonds ⇒ s avonds
A & B ⇒ A en B
Deel II ⇒ Deel twee
Fase III ⇒ Fase drie
Wereldoorlog II ⇒ Wereldoorlog twee
06-12345678 ⇒ nul zes één twee drie vier vijf zes zeven acht
1234 AB ⇒ twaalf vierendertig A-B
Dorpsstraat 12 ⇒ Dorpsstraat twaalf
Q&A ⇒ vragen en antwoorden
B2B ⇒ B to B
A/B-test ⇒ A B-test
1-op-1 ⇒ een op een
1 op 5 ⇒ één op vijf
5 van de 10 ⇒ vijf van de tien
4,5/5 ⇒ vier komma vijf van de vijf
8,2 ⇒ acht komma twee
100 °C ⇒ honderd graden Celsius
"""


def _rows(table: str) -> list[tuple[str, str]]:
    """Written and said, a line each with ⇒ between them; what has no sound has nothing after it."""
    return [(written.strip(), said.strip()) for written, said in (
        line.split("⇒") for line in table.splitlines() if "⇒" in line)]


@pytest.mark.parametrize(("written", "said"), _rows(TABLE))
def test_dutch(written: str, said: str) -> None:
    assert speak(written, "nl") == said
