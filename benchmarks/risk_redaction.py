"""One invented customer in 32 spellings: what a text must not hold after clearing. Nothing here clears or scans."""

from __future__ import annotations

from benchmarks.risk_cases import lines

#: As on a list of customers. Nobody should bear this name.
CUSTOMER = {"full": "Brimvale Corporation", "short": "Brimvale", "ticker": "BRVX", "code_name": "Dragonfly",
            "number": "BRV-00731"}
_CYRILLIC = str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ")


def names(*, all_columns: bool) -> list[str]:
    """The names for the scan: the full one alone, or all that a list can say of the customer."""
    if not all_columns:
        return [CUSTOMER["full"]]
    return list(CUSTOMER.values())


def forms() -> list[tuple[str, str]]:
    """32 texts, each with the form that must be gone from it."""
    full, short, low = CUSTOMER["full"], CUSTOMER["short"], CUSTOMER["short"].lower()
    spelled = (
        full, short, short.upper(), low, short, short, short, short, short, full.replace(" ", ""), low, low, low, low, low,
        short, short, f"{short} Corp", short.upper(), ".".join(short.upper()) + ".", f"{short[:4]}-\n{short[4:]}",
        full.replace(" ", "\n"), " ".join(short), short.translate(_CYRILLIC), short, short, short + "s",
        "Brinvale Corporation", CUSTOMER["number"], low, CUSTOMER["ticker"], CUSTOMER["code_name"])
    return [(text.replace("{}", form), form) for text, form in zip(lines()["redaction"], spelled, strict=True)]
