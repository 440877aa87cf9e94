"""What English says for what is written: a long table, so that no rule can be moved without hearing it."""

from __future__ import annotations

import pytest

from generators.speech.spoken import speak

#: What the engine says wrongly when it is left to it: "sigh slash C D", "dollar two point five M", "tilde", "C hash".
LEFT_TO_THE_ENGINE = r"""
CI/CD ⇒ C.I, C.D.
K8s ⇒ koober netties
FY25 ⇒ fiscal year twenty twenty-five
$2.5M ⇒ two point five million dollars
EUR1,250.50 ⇒ one thousand two hundred and fifty euros and fifty cents
2024 ⇒ twenty twenty-four
2024-03-01 ⇒ March first, twenty twenty-four
https://example.org/docs ⇒ the link in the show notes
~40% ⇒ about forty percent
5 GB/s ⇒ five gigabytes per second
10–20 ms ⇒ ten to twenty milliseconds
us vs. them ⇒ us versus them
C# ⇒ C sharp
**bold** ⇒ bold
kubectl ⇒ cube control
Dr. Vos came. ⇒ Doctor Vos came.
IV. Results ⇒ Four. Results
our APIs ⇒ our A-P-I's
SQL, YAML and JSON ⇒ S-Q-L, Yaml and Json
12.5 % ⇒ twelve point five percent
e.g. this ⇒ for example this
1,250,000 ⇒ one million two hundred and fifty thousand
AES-256 ⇒ A.E.S. two hundred and fifty-six
PostgreSQL ⇒ post gress Q.L.
3.11.2 in 2031 ⇒ three point eleven point two in twenty thirty-one
"""

TABLE = r"""
Phase IV ⇒ Phase four
$1.2bn ⇒ one point two billion dollars
$3.5 billion ⇒ three point five billion dollars
US$ 40m ⇒ forty million dollars
€5k ⇒ five thousand euros
€1.5m–€2m ⇒ one point five million euros to two million euros
$10-$15 ⇒ ten dollars to fifteen dollars
a $5 million deal ⇒ a five million dollar deal
a $1M loss ⇒ a one million dollar loss
£3.20 per hour ⇒ three pounds and twenty pence per hour
¥10,000 ⇒ ten thousand yen
50 cents ⇒ fifty cents
Rs 500 ⇒ five hundred rupees
CHF 1,200 ⇒ one thousand two hundred Swiss francs
CAD 50 ⇒ fifty Canadian dollars
$0.05 per GB ⇒ five cents per gigabyte
€12/month ⇒ twelve euros per month
$15/user/month ⇒ fifteen dollars per user per month
3-5 days ⇒ three to five days
3 to 5 days ⇒ three to five days
pages 12-15 ⇒ pages twelve to fifteen
10-15% ⇒ ten to fifteen percent
2-3x ⇒ two to three times
x2 ⇒ times two
10x growth ⇒ ten times growth
2.5x ⇒ two point five times
100+ people ⇒ one hundred plus people
5,000+ ⇒ five thousand plus
<10 ms ⇒ less than ten milliseconds
>99.9% ⇒ more than ninety-nine point nine percent
≥ 3 ⇒ at least three
99.99% uptime ⇒ ninety-nine point nine nine percent uptime
-5°C ⇒ minus five degrees Celsius
+3% ⇒ plus three percent
±2% ⇒ plus or minus two percent
0.5% ⇒ zero point five percent
1/2 cup ⇒ one half cup
3/4 of users ⇒ three quarters of users
1 1/2 hours ⇒ one and a half hours
2½ hours ⇒ two and a half hours
1:1 ⇒ one to one
9:00 ⇒ nine o'clock
9:05 am ⇒ nine oh five A.M.
at 5pm ⇒ at five P.M.
5 p.m. ⇒ five P.M.
10:30–11:00 ⇒ ten thirty to eleven o'clock
14:30h ⇒ fourteen thirty
12/25/2023 ⇒ December twenty-fifth, twenty twenty-three
25/12/2023 ⇒ December twenty-fifth, twenty twenty-three
3 March 2024 ⇒ the third of March twenty twenty-four
March 3rd, 2024 ⇒ March third, twenty twenty-four
March 2024 ⇒ March twenty twenty-four
Mar 3, 2024 ⇒ March third, twenty twenty-four
on Sept. 5 ⇒ on September fifth
Jan 2023 ⇒ January twenty twenty-three
the 80s ⇒ the eighties
mid-2020s ⇒ mid-twenty twenties
1800s ⇒ eighteen hundreds
2000 ⇒ two thousand
2005 ⇒ two thousand and five
2010 ⇒ twenty ten
1900 ⇒ nineteen hundred
1905 ⇒ nineteen oh-five
2100 people ⇒ two thousand one hundred people
1500 users ⇒ fifteen hundred users
2019/20 ⇒ twenty nineteen to twenty twenty
2022–23 ⇒ twenty twenty-two to twenty twenty-three
from 1999 to 2003 ⇒ from nineteen ninety-nine to two thousand and three
FY2024/25 ⇒ fiscal year twenty twenty-four to twenty twenty-five
FY 24 ⇒ fiscal year twenty twenty-four
Q1'24 ⇒ Q one twenty twenty-four
Q1–Q3 ⇒ Q one to Q three
2024Q3 ⇒ twenty twenty-four Q three
H1 2024 ⇒ first half of twenty twenty-four
1H24 ⇒ first half of twenty twenty-four
H2 ⇒ second half
v2 ⇒ version two
v1.0.3 ⇒ version one point zero point three
version 3.11 ⇒ version three point eleven
Python 3.12 ⇒ Python three point twelve
Java 8 ⇒ Java eight
.NET 4.7.2 ⇒ dot net four point seven point two
.NET Core ⇒ dot net Core
ASP.NET ⇒ A.S.P. dot net
Windows 10 ⇒ Windows ten
iOS 17.1 ⇒ I.O.S. seventeen point one
IPv4 ⇒ I.P. version four
IPv6 ⇒ I.P. version six
HTTP/2 ⇒ H.T.T.P. two
HTTP 404 ⇒ H.T.T.P. four oh four
port 8080 ⇒ port eighty eighty
TLS 1.3 ⇒ T.L.S. one point three
802.11ac ⇒ eight oh two eleven ac
RFC 2119 ⇒ R.F.C. twenty-one nineteen
ISO 27001 ⇒ I.S.O. twenty-seven thousand and one
ISO/IEC 27001:2013 ⇒ I-S-O, I.E.C. twenty-seven thousand and one, twenty thirteen
GPT-4 ⇒ G.P.T. four
COVID-19 ⇒ Covid nineteen
F-16 ⇒ F sixteen
A4 paper ⇒ A four paper
5G ⇒ five G
3D ⇒ three D
H2O ⇒ H two O
CO2 ⇒ C.O. two
CO₂ ⇒ C.O. two
x86 ⇒ x eighty-six
x64 ⇒ x sixty-four
B2B2C ⇒ B to B to C
i18n ⇒ internationalisation
l10n ⇒ localisation
a11y ⇒ accessibility
S3 ⇒ S three
EC2 ⇒ E.C. two
m5.large ⇒ m five dot large
M&A ⇒ M and A
P&L ⇒ P and L
AT&T ⇒ A-T and T
R&D ⇒ R and D
README.md ⇒ readme dot M.D.
config.yaml ⇒ config dot yammel
script.py ⇒ script dot P.Y.
index.html ⇒ index dot H.T.M.L.
docker-compose.yml ⇒ docker compose dot yammel
~/.bashrc ⇒ bashrc
/etc/passwd ⇒ passwd
C:\Windows\System32 ⇒ System thirty-two
src/main.py ⇒ main dot P.Y.
report_final_v2.docx ⇒ report final version two dot doc X
user_id ⇒ user id
getUserName() ⇒ get User Name
foo.bar() ⇒ foo dot bar
camelCase ⇒ camel Case
snake_case ⇒ snake case
192.168.0.1 ⇒ one hundred and ninety-two dot one hundred and sixty-eight dot zero dot one
jane.doe@example.com ⇒ jane dot doe at example dot com
@deckprism ⇒ deckprism
#AI ⇒ A-I
#1 ⇒ number one
No. 5 ⇒ number five
no. 12 ⇒ number twelve
Nr. 5 ⇒ number five
pp. 12–14 ⇒ pages twelve to fourteen
p. 5 ⇒ page five
ch. 3 ⇒ chapter three
Fig. 2 ⇒ figure two
§ 5 ⇒ section five
1st ⇒ first
2nd ⇒ second
3rd ⇒ third
21st century ⇒ twenty-first century
100th ⇒ one hundredth
1000th ⇒ one thousandth
1,000th ⇒ one thousandth
World War II ⇒ World War two
Henry VIII ⇒ Henry eight
Chapter III ⇒ Chapter three
Type I ⇒ Type one
Mr. Smith ⇒ Mister Smith
Mrs. Jones ⇒ Missus Jones
Prof. Dr. Vos ⇒ Professor Doctor Vos
St. John ⇒ Saint John
Main St. ⇒ Main Street
approx. 5 ⇒ approximately five
ca. 1900 ⇒ about nineteen hundred
min. 3 ⇒ at least three
max. 10 ⇒ at most ten
i.e. x ⇒ that is x
etc. ⇒ and so on
a.k.a. ⇒ also known as
w/ sugar ⇒ with sugar
w/o sugar ⇒ without sugar
24/7 ⇒ twenty-four seven
9-5 ⇒ nine to five
50/50 ⇒ fifty fifty
80/20 ⇒ eighty twenty
360° ⇒ three hundred and sixty degrees
90-day plan ⇒ ninety day plan
5-year ⇒ five year
2-day workshop ⇒ two day workshop
10-person team ⇒ ten person team
40-hour week ⇒ forty hour week
a 3-hour call ⇒ a three hour call
6-pack ⇒ six pack
mid-90s ⇒ mid-nineties
1,5 ⇒ one point five
1.250,50 ⇒ one thousand two hundred and fifty point five zero
12,5 % ⇒ twelve point five percent
1 000 000 ⇒ one million
1'000'000 ⇒ one million
3.14159 ⇒ three point one four one five nine
0.001 ⇒ zero point zero zero one
007 ⇒ zero zero seven
555-1234 ⇒ five five five one two three four
+1 (555) 010-9999 ⇒ plus one five five five zero one zero nine nine nine nine
+31 20 123 4567 ⇒ plus three one two zero one two three four five six seven
10^6 ⇒ ten to the power of six
10² ⇒ ten squared
m² ⇒ square metres
5 m² ⇒ five square metres
20 km/h ⇒ twenty kilometres per hour
100 km ⇒ one hundred kilometres
5'10" ⇒ five foot ten
6 ft ⇒ six feet
10 lb ⇒ ten pounds
10 kg ⇒ ten kilograms
500 mg ⇒ five hundred milligrams
2 TB ⇒ two terabytes
16GB RAM ⇒ sixteen gigabytes Ram
100 Mbps ⇒ one hundred megabits per second
2.4GHz ⇒ two point four gigahertz
220 V ⇒ two hundred and twenty volts
60 W ⇒ sixty watts
10 kWh ⇒ ten kilowatt hours
1 min ⇒ one minute
90 sec ⇒ ninety seconds
5 s ⇒ five seconds
3 hrs ⇒ three hours
2 wks ⇒ two weeks
6 mo ⇒ six months
10 yrs ⇒ ten years
1.5 h ⇒ one point five hours
30 fps ⇒ thirty frames per second
300 dpi ⇒ three hundred dots per inch
12 pt ⇒ twelve points
25 bp ⇒ twenty-five basis points
1920x1080 ⇒ one thousand nine hundred and twenty by one thousand and eighty
4x4 ⇒ four by four
3 × 5 ⇒ three by five
a = b ⇒ a equals b
a != b ⇒ a is not equal to b
a -> b ⇒ a to b
a → b ⇒ a to b
x > y ⇒ x more than y
A/B test ⇒ A B test
and/or ⇒ and or
he/she ⇒ he or she
client/server ⇒ client, server
TCP/IP ⇒ T.C.P, I.P.
input/output ⇒ input, output
read/write ⇒ read, write
km/h ⇒ kilometres per hour
n/a ⇒ not applicable
N/A ⇒ not applicable
FAQ ⇒ F-A-Q
NASA ⇒ Nasa
SaaS ⇒ sass
PaaS ⇒ pass
IaaS ⇒ infrastructure as a service
IoT ⇒ I.O.T.
PhD ⇒ P.H.D.
CEO's ⇒ C-E-O's
AI/ML ⇒ A-I, M-L
UX/UI ⇒ U-X, U-I
OAuth 2.0 ⇒ oh auth two point zero
LDAP ⇒ el dap
SQL Server ⇒ S-Q-L Server
NoSQL ⇒ no S.Q.L.
MySQL ⇒ my S.Q.L.
SQLite ⇒ S.Q.L. light
GitHub ⇒ git hub
GitLab ⇒ git lab
JavaScript ⇒ java script
TypeScript ⇒ type script
Node.js ⇒ node J.S.
macOS ⇒ mac O.S.
iPhone ⇒ iPhone
YouTube ⇒ you tube
LinkedIn ⇒ linked in
nginx ⇒ engine X
sudo ⇒ soo doo
HTML5 ⇒ H.T.M.L. five
CSS3 ⇒ C.S.S. three
WYSIWYG ⇒ whizzy wig
VMs ⇒ V-M's
USB-C ⇒ U-S-B-C
WiFi ⇒ why fye
Wi-Fi ⇒ why fye
QR code ⇒ Q.R. code
OWASP ⇒ oh wasp
RPO and RTO ⇒ R.P.O. and R-T-O
HA/DR ⇒ H-A, D-R
SLA ⇒ S-L-A
10:00 CET ⇒ ten o'clock C-E-T
9am–5pm ⇒ nine A.M. to five P.M.
Mon–Fri ⇒ Monday to Friday
Mon-Fri ⇒ Monday to Friday
Jan–Mar ⇒ January to March
A–Z ⇒ A to Z
C++ ⇒ C plus plus
F# ⇒ F sharp
Objective-C ⇒ Objective-C
R² ⇒ R squared
O(n) ⇒ On
O(n log n) ⇒ O of n log n
50 % off ⇒ fifty percent off
100% ⇒ one hundred percent
1% ⇒ one percent
0% ⇒ zero percent
$1 ⇒ one dollar
$0 ⇒ zero dollars
2 out of 3 ⇒ two out of three
5/10 ⇒ five out of ten
4.5/5 ⇒ four point five out of five
1:10 ⇒ one to ten
16:9 ⇒ sixteen to nine
2-1 ⇒ two to one
top-10 ⇒ top ten
Top 10 ⇒ Top ten
Big 4 ⇒ Big four
8 a.m. ⇒ eight A.M.
$100K ⇒ one hundred thousand dollars
$250k ⇒ two hundred and fifty thousand dollars
1.2M users ⇒ one point two million users
3B ⇒ three billion
10mm ⇒ ten millimetres
5m users ⇒ five million users
10M+ ⇒ ten million plus
5 million+ ⇒ five million plus
1-2 million ⇒ one to two million
<b>bold</b> ⇒ bold
<break time="3s"/> ⇒
&amp; ⇒ and
[link](https://x.example/a) ⇒ link
[1] ⇒
[^1] ⇒
"""


def _rows(table: str) -> list[tuple[str, str]]:
    """Written and said, a line each with ⇒ between them; what has no sound has nothing after it."""
    return [(written.strip(), said.strip()) for written, said in (
        line.split("⇒") for line in table.splitlines() if "⇒" in line)]


@pytest.mark.parametrize(("written", "said"), _rows(LEFT_TO_THE_ENGINE) + _rows(TABLE))
def test_english(written: str, said: str) -> None:
    assert speak(written, "en") == said
