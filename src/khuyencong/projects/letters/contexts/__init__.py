"""What a template may use. Field names are Vietnamese without marks: officials write templates, not programmers."""

from khuyencong.projects.letters.contexts.whole import context

__all__ = ["context"]
