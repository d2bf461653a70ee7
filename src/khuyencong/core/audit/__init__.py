"""The audit trail: every write leaves a record in its own transaction; the records form a hash chain.

``with audit.writing(user):`` says "I write now", ``audit.record([audit.Change(...)])`` says "this changed". How the
records come into the chain, and when, is the chain's own business: nothing else may be read into the two.

A record's hash covers its content and the hash before it. The head of the chain is signed with the
installation's key, so that changing, inserting or removing any record (the last ones too) is found.

One thing no database can tell of itself: that it was emptied, cut short or put back, whole, to an older state. For
that the last head is kept outside it, signed (``anchor``), and in the manifest of every backup; ``khuyencong audit
verify`` compares both unasked, and with ``--expect`` what somebody noted elsewhere. ``--tables`` holds the rows of
the business tables to what was recorded of them (``replay``).
"""

from khuyencong.core.audit.chain import GENESIS
from khuyencong.core.audit.changes import Change, canonical, digest, snapshot
from khuyencong.core.audit.looking import looked
from khuyencong.core.audit.noted import head
from khuyencong.core.audit.sealing import history, position, seal, state, told, told_since
from khuyencong.core.audit.turns import Subject
from khuyencong.core.audit.verifying import Break, Verdict, reseal, unlike, unlike_anchor, verify, verify_links
from khuyencong.core.audit.writing import alone, is_writing, record, writing

__all__ = [
    "GENESIS",
    "Break",
    "Change",
    "Subject",
    "Verdict",
    "alone",
    "canonical",
    "digest",
    "head",
    "history",
    "is_writing",
    "looked",
    "position",
    "record",
    "reseal",
    "seal",
    "snapshot",
    "state",
    "told",
    "told_since",
    "unlike",
    "unlike_anchor",
    "verify",
    "verify_links",
    "writing",
]
