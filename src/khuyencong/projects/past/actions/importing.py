"""Writing the projects of a confirmed import."""

from khuyencong.core import audit
from khuyencong.core.tables.planning import Planned
from khuyencong.core.tables.staging import Progress, Ready
from khuyencong.establishments.models import Establishment
from khuyencong.people.models import User
from khuyencong.projects.past.actions import writing as past
from khuyencong.projects.past.actions.records import is_record
from khuyencong.projects.past.rules import Past
from khuyencong.projects.record.changes import changes as project_changes
from khuyencong.projects.record.models import Project


class Projects(Ready):
    """The projects of an import: their money and steps hang together with them, so they are written one by one."""

    def __init__(self, rows: list[Planned], user: User | None) -> None:
        self._rows, self._user = rows, user

    def make(self, progress: Progress, words: str) -> None:
        """Write them, each with its audit records."""
        for done, planned in enumerate(self._rows, start=1):
            values = dict(planned.values)
            owners: list[Establishment] = values.pop("owners")
            made: Past = values.pop("past")
            project = Project.objects.get(pk=planned.existing) if planned.existing else Project()
            before = audit.snapshot(project) if planned.existing else None
            concerned = list(dict.fromkeys([*(project.establishments.all() if planned.existing else ()), *owners]))
            for name, value in values.items():
                setattr(project, name, value)
            running = planned.existing is not None and not is_record(project)
            if not running:  # of a project that runs here nothing but the note was changed
                past.apply(project, made)
            project.fold()
            project.save()
            project.establishments.set(owners)
            parts = [] if running else past.write(self._user, project, made)
            audit.record([*parts, *project_changes("import", project, before, concerned)])
            progress(done / len(self._rows), words)
