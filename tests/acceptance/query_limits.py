"""How many queries a page may cost, whoever looks: by the name of its address. The aim is 20 for every page."""

USUAL = 20
ABOVE = {
    "projects:proposal": 48,
    "projects:card": 28,
    "projects:step": 29,
    "in_plan:build": 21,
}


def limit(name: str) -> int:
    """The most queries for one look at this address."""
    return ABOVE.get(name, USUAL)
