"""Who may write on a project now: its content while it is a proposal, its papers until it is put away."""

from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import EDITABLE, ENDED, Actor, State
from khuyencong.projects.record.models import Project
from khuyencong.projects.steps.situation import person


def is_author(user: User, project: Project) -> bool:
    """Whether the content of the project is this person's to change, in whatever state it is.

    Under a contract a change is worked out by those who ask for it: the province's officers. Four eyes: whoever may
    decide on the project writes in no draft of somebody else, or they would approve what they wrote themselves.
    """
    actors = person(user, project).actors
    if Actor.LEADER in actors and project.drafted_by_id not in (None, user.pk):
        return False
    return (Actor.PROVINCE_OFFICER if project.state == State.ADJUSTED else Actor.OFFICER) in actors


def may_change(user: User, project: Project) -> bool:
    """Whether this person may change the content of the project now."""
    return State(project.state) in EDITABLE and is_author(user, project)


def may_bring(user: User, project: Project) -> bool:
    """Whether this person may bring papers to the project now."""
    return State(project.state) not in ENDED and Actor.OFFICER in person(user, project).actors
