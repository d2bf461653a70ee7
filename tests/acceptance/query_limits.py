"""How many queries a page may cost, whoever looks: by the name of its address. The aim is 20 for every page."""

USUAL = 20
ABOVE = {
    "work:mine": 24,  # one question for each thing that some project could lack before a leader's step
    "projects:card": 21,  # the money of a project under appraisal: guards, council, invoices and holds
    "whatif:edition": 21,  # a draft held against norms, rules, duties, local documents and the projects on them
}


def limit(name: str) -> int:
    """The most queries for one look at this address."""
    return ABOVE.get(name, USUAL)
