"""How many queries a page may cost, whoever looks: by the name of its address. The aim is 20 for every page."""

USUAL = 20
ABOVE = {
    "projects:proposal": 48,
    "projects:card": 28,
    "whatif:norm": 34,
    "dashboard": 30,
    "projects:step": 29,
    "prospects:list": 25,
    "official:report": 23,
    "planning:period_edit": 23,
    "whatif:edition": 23,
    "in_plan:build": 21,
    "maps:commune": 21,
    "official:cell": 21,
    "planning:period": 21,
    "prospects:visit_plan": 21,
    "supervision:plan": 21,
}


def limit(name: str) -> int:
    """The most queries for one look at this address."""
    return ABOVE.get(name, USUAL)
