"""The measurement itself: tables in, dataclasses out.

Pure: no Django, no other room. Callaway & Sant'Anna (2021) from grouped moments of the panel.
``evaluate(source, Question(...))`` is the one way in.
"""
