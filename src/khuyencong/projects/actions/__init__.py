"""The writes of the room: permission, rule, write and audit in one transaction."""

from khuyencong.projects.past.actions.records import add_project, change_project, is_record
from khuyencong.projects.record.changes import changes

__all__ = ["add_project", "change_project", "changes", "is_record"]
