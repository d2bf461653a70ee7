"""Who may write on a project now: its content while it is a proposal, its papers until it is put away."""

from khuyencong.people.models import User
from khuyencong.people.queries import access_of
from khuyencong.people.rules import Permission
from khuyencong.projects.lifecycle.table import EDITABLE, ENDED, Actor, Person, State
from khuyencong.projects.record.models import Project


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


def person(user: User, project: Project) -> Person:
    """As whom a user may act on this project."""
    access = access_of(user)
    drafting, editing, deciding = (
        access.reach(one) for one in (Permission.PROJECTS_DRAFT, Permission.PROJECTS_EDIT, Permission.PROJECTS_DECIDE)
    )
    places = [(one.commune_id, one.commune.parent_id) for one in project.establishments.all()]
    actors = set()
    if any(drafting.covers(*place) for place in places) or (not places and project.drafted_by_id == user.pk):
        actors.add(Actor.OFFICER)
    if all(editing.covers(*place) for place in places) and editing:
        actors.add(Actor.PROVINCE_OFFICER)
    if all(deciding.covers(*place) for place in places) and deciding:
        actors.add(Actor.LEADER)
    return Person(user.pk, frozenset(actors))
