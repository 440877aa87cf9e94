"""A text of some 300 words to be spoken and recognised: as it is written, and as a person would say it.

`SAID` is written by hand and never made by our own rules: a rule that says a number or a name wrongly then shows as
errors of the recogniser. Everybody in it is invented.
"""

from __future__ import annotations

#: Paragraphs as a script has them.
WRITTEN = (
    "One spring morning in 2019 a pump stopped in the cellar of a paper mill. The engineer had the manual with her, all "
    "340 pages of it, and nobody on the phone could tell her what was wrong. It took six hours to find the man who knew, "
    "and eleven seconds to hear his answer.",
    "The mill lost about $2.5M that day, which is 12.5% of what it earns in a month. The seal had been put in upside "
    "down. A packer in the warehouse had seen it happen twice, in March and in May, but nobody had ever asked him.",
    "So we tried something simple. We put a tablet on a pillar between two racks, 5 m from the coffee machine, and wrote "
    "above it: ask here. After ten weeks the pillar had 164 questions. The laptops in the office had 90.",
    "The first version ran on an old server with 16 GB of memory, a SQL database and one API. It was not pretty. People "
    "used it because the answer came within 24 hours, and because the 2nd question was as welcome as the 1st.",
    "Then came the rules. Write the date under every answer. In the first year 410 of our 1,140 pages turned grey, because "
    "nobody had looked at them for more than a year. A fitter told me that he reads the grey pages with his full "
    "attention, since they may be wrong.",
    "By 2024 the calls to the help desk had gone from 620 to 540 a week. Each call grew from 4 to 6 minutes. The short "
    "calls have gone, and the calls that remain are the ones for which people want to hear a voice. In Q3 we counted "
    "again, and the numbers held.",
    "One last thing. When we found a mistake, we called all sixteen readers on the same afternoon and told them what was "
    "wrong. You do not lose trust through a mistake. You lose it through silence.",
)

#: The same as it should be heard.
SAID = """
one spring morning in twenty nineteen a pump stopped in the cellar of a paper mill the engineer had the manual with her all
three hundred and forty pages of it and nobody on the phone could tell her what was wrong it took six hours to find the man
who knew and eleven seconds to hear his answer
the mill lost about two point five million dollars that day which is twelve point five percent of what it earns in a month
the seal had been put in upside down a packer in the warehouse had seen it happen twice in march and in may but nobody had
ever asked him
so we tried something simple we put a tablet on a pillar between two racks five metres from the coffee machine and wrote
above it ask here after ten weeks the pillar had one hundred and sixty four questions the laptops in the office had ninety
the first version ran on an old server with sixteen gigabytes of memory a sql database and one api it was not pretty people
used it because the answer came within twenty four hours and because the second question was as welcome as the first
then came the rules write the date under every answer in the first year four hundred and ten of our one thousand one hundred
and forty pages turned grey because nobody had looked at them for more than a year a fitter told me that he reads the grey
pages with his full attention since they may be wrong
by twenty twenty four the calls to the help desk had gone from six hundred and twenty to five hundred and forty a week each
call grew from four to six minutes the short calls have gone and the calls that remain are the ones for which people want to
hear a voice in q three we counted again and the numbers held
one last thing when we found a mistake we called all sixteen readers on the same afternoon and told them what was wrong you
do not lose trust through a mistake you lose it through silence
"""
