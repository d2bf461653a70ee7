"""The dashboard: is the plan on course, what did the money do, how sure are the figures."""
