"""How many queries a page may cost, whoever looks: by the name of its address. The aim is 20 for every page."""

USUAL = 20
ABOVE = {
    "whatif:norm": 34,
    "dashboard": 30,
    "prospects:list": 25,
    "official:report": 23,
    "planning:period_edit": 23,
    "whatif:edition": 23,
    "projects:card": 21,  # the money of a project under appraisal: guards, council, invoices and holds
}


def limit(name: str) -> int:
    """The most queries for one look at this address."""
    return ABOVE.get(name, USUAL)
