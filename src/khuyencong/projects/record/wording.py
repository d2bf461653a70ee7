"""The state of a project in words."""

from khuyencong.projects.lifecycle.table import State
from khuyencong.projects.record.models import Project


def state_label(state: State | str) -> str:
    """The state in words."""
    return str(Project.State(str(state)).label)
