"""Locking a project while something about it is written."""

from khuyencong.people.models import User
from khuyencong.people.queries import require
from khuyencong.people.rules import Permission
from khuyencong.projects.record.models import Project


def locked(user: User, pk: int, permission: Permission = Permission.PROJECTS_EDIT) -> Project:
    """The project, held to the end of the transaction, for a person who reaches every establishment it supports."""
    project = Project.objects.select_for_update().get(pk=pk)
    require(user, permission)
    for one in project.establishments.select_related("commune"):
        require(user, permission, one.commune)
    return project
