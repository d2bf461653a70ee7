"""How each establishment stands, and what all of them sum up to: kept by the database itself (decision 0019).

Lists, cards and headline figures ask here instead of going through every result and project. Nobody writes to these
tables: triggers do, in the transaction of whatever changes a fact, so that no way of writing (an action, an import,
``bulk_create``, a restore) can forget it. What hangs on the clock is not kept but asked for: a year that is told, never
a year that is missing.
"""
