"""Writes samples/customers.csv from its short source: one line a customer, the other columns derived.

Domains end in .example, which nobody can own; account owners are invented. It must not depend on any order but the file's.
"""

from __future__ import annotations

import csv
import io
import re

from samples.deck import SOURCE

COLUMNS = ("name", "aliases", "domain", "ticker", "industry", "size", "country", "account_owner", "status", "code_name")
_OWNERS = ("Petra Lindqvale", "Osric Banfield", "Mirjam Tolhoek", "Declan Forsey", "Yasmin Adeyard", "Rolf Steinmoor",
           "Henrike Vaasdijk", "Tobias Crale", "Noor Elmsley", "Gwendolyn Parris", "Anselm Ruttler", "Freya Holtby")


def customers_csv() -> bytes:
    """The customer list as UTF-8 CSV, one row a customer, in the order of its source."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    lines = (SOURCE / "customers.text").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    for number, line in enumerate(rows):
        name, aliases, industry, size, country, status, code, ticker = (cell.strip() for cell in line.split("|"))
        slug = re.sub(r"[^a-z0-9]+", "-", name.replace("&", "and").lower()).strip("-")
        writer.writerow((name, aliases, f"{slug}.example", ticker, industry, size, country,
                         _OWNERS[number % len(_OWNERS)], status, code))
    return out.getvalue().encode("utf-8")
