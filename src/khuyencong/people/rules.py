"""The one table of who may do what, and how far: role x permission x scope. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the programme."""

    OFFICER = "officer"
    LEADER = "leader"
    ANALYST = "analyst"
    VIEWER = "viewer"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


class ScopeKind(StrEnum):
    """How far a grant reaches: the whole province, or one commune."""

    PROVINCE = "province"
    COMMUNE = "commune"


class Permission(StrEnum):
    """A thing one may do. Named room.verb."""

    HOME_VIEW = "home.view"
    LAW_VIEW = "law.view"
    LAW_DRAFT = "law.draft"
    LAW_ADOPT = "law.adopt"
    LAW_SEND = "law.send"
    REGISTRY_VIEW = "registry.view"
    REGISTRY_EDIT = "registry.edit"
    RESULTS_EDIT = "results.edit"
    PROJECTS_VIEW = "projects.view"
    PROJECTS_DRAFT = "projects.draft"
    PROJECTS_EDIT = "projects.edit"
    PROJECTS_DECIDE = "projects.decide"
    PLAN_DRAFT = "plan.draft"
    PLAN_EDIT = "plan.edit"
    SUPERVISION_VIEW = "supervision.view"
    SUPERVISION_EDIT = "supervision.edit"
    SUPERVISION_APPROVE = "supervision.approve"
    WORK_HAND_OVER = "work.hand-over"
    DATA_IMPORT = "data.import"
    IMPACT_EVALUATE = "impact.evaluate"
    REPORTS_VIEW = "reports.view"
    REPORTS_DRAFT = "reports.draft"
    REPORTS_SIGN = "reports.sign"
    MACRO_EDIT = "macro.edit"
    HISTORY_VIEW = "history.view"
    ORIGINALS_VIEW = "originals.view"
    AUDIT_VERIFY = "audit.verify"
    JOBS_WATCH = "jobs.watch"
    KIT_VIEW = "kit.view"


ANYWHERE = frozenset({ScopeKind.PROVINCE, ScopeKind.COMMUNE})
PROVINCE_ONLY = frozenset({ScopeKind.PROVINCE})

# Read a line as: for this permission, which roles hold it, and in which scopes a grant counts.
# The administrator keeps the house (accounts, audit) and touches no programme data: separation of duties.
TABLE: Mapping[Permission, Mapping[Role, frozenset[ScopeKind]]] = {
    Permission.HOME_VIEW: {
        Role.INSPECTOR: ANYWHERE,
        Role.OFFICER: ANYWHERE,
        Role.LEADER: ANYWHERE,
        Role.ANALYST: ANYWHERE,
        Role.VIEWER: ANYWHERE,
        Role.ADMINISTRATOR: ANYWHERE,
    },
    # Law is the same everywhere: whoever may read it may read all of it.
    Permission.LAW_VIEW: {
        Role.INSPECTOR: ANYWHERE,
        Role.OFFICER: ANYWHERE,
        Role.LEADER: ANYWHERE,
        Role.ANALYST: ANYWHERE,
        Role.VIEWER: ANYWHERE,
        Role.ADMINISTRATOR: ANYWHERE,
    },
    # Officers draft, a leader adopts: nobody does both.
    Permission.LAW_DRAFT: {Role.OFFICER: PROVINCE_ONLY},
    Permission.LAW_ADOPT: {Role.LEADER: PROVINCE_ONLY},
    Permission.LAW_SEND: {Role.OFFICER: PROVINCE_ONLY, Role.LEADER: PROVINCE_ONLY},
    Permission.REGISTRY_VIEW: {
        Role.INSPECTOR: PROVINCE_ONLY,
        Role.OFFICER: ANYWHERE,
        Role.LEADER: ANYWHERE,
        Role.ANALYST: ANYWHERE,
        Role.VIEWER: ANYWHERE,
    },
    Permission.REGISTRY_EDIT: {Role.OFFICER: ANYWHERE},
    Permission.RESULTS_EDIT: {Role.OFFICER: ANYWHERE},
    Permission.PROJECTS_VIEW: {
        Role.INSPECTOR: PROVINCE_ONLY,
        Role.OFFICER: ANYWHERE,
        Role.LEADER: ANYWHERE,
        Role.ANALYST: ANYWHERE,
        Role.VIEWER: ANYWHERE,
    },
    # A commune's officer surveys and drafts; the province's officer carries a project through; a leader decides.
    Permission.PROJECTS_DRAFT: {Role.OFFICER: ANYWHERE},
    Permission.PROJECTS_EDIT: {Role.OFFICER: PROVINCE_ONLY},
    Permission.PROJECTS_DECIDE: {Role.LEADER: PROVINCE_ONLY},
    # The province's officer prepares plans and their adjustments; a leader decides.
    Permission.PLAN_DRAFT: {Role.OFFICER: PROVINCE_ONLY},
    Permission.PLAN_EDIT: {Role.LEADER: PROVINCE_ONLY},
    # Whoever spends the money does not inspect how it was spent: separation of duties.
    Permission.SUPERVISION_VIEW: {
        Role.OFFICER: ANYWHERE,
        Role.LEADER: ANYWHERE,
        Role.INSPECTOR: PROVINCE_ONLY,
    },
    Permission.SUPERVISION_EDIT: {Role.INSPECTOR: PROVINCE_ONLY},
    Permission.SUPERVISION_APPROVE: {Role.LEADER: PROVINCE_ONLY},
    Permission.WORK_HAND_OVER: {Role.LEADER: PROVINCE_ONLY, Role.ADMINISTRATOR: PROVINCE_ONLY},
    Permission.DATA_IMPORT: {Role.OFFICER: ANYWHERE},
    # An effect estimated from one commune's handful of establishments would mislead: province only.
    Permission.IMPACT_EVALUATE: {
        Role.OFFICER: PROVINCE_ONLY,
        Role.LEADER: PROVINCE_ONLY,
        Role.ANALYST: PROVINCE_ONLY,
    },
    Permission.REPORTS_VIEW: {
        Role.INSPECTOR: PROVINCE_ONLY,
        Role.OFFICER: ANYWHERE,
        Role.LEADER: ANYWHERE,
        Role.ANALYST: ANYWHERE,
        Role.VIEWER: ANYWHERE,
    },
    # Officers write reports, those of a commune for their commune; a leader of the same place signs.
    Permission.REPORTS_DRAFT: {Role.OFFICER: ANYWHERE},
    Permission.REPORTS_SIGN: {Role.LEADER: ANYWHERE},
    Permission.MACRO_EDIT: {Role.OFFICER: PROVINCE_ONLY, Role.ANALYST: PROVINCE_ONLY},
    Permission.HISTORY_VIEW: {Role.OFFICER: ANYWHERE, Role.LEADER: ANYWHERE, Role.INSPECTOR: PROVINCE_ONLY},
    # A photo as it was taken tells where somebody lives and with which phone; whoever inspects may need it as evidence.
    Permission.ORIGINALS_VIEW: {Role.INSPECTOR: PROVINCE_ONLY},
    Permission.AUDIT_VERIFY: {Role.LEADER: PROVINCE_ONLY, Role.ADMINISTRATOR: PROVINCE_ONLY},
    Permission.JOBS_WATCH: {Role.ADMINISTRATOR: PROVINCE_ONLY},
    Permission.KIT_VIEW: {Role.ADMINISTRATOR: ANYWHERE},
}


@dataclass(frozen=True)
class Grant:
    """A role held in one place; ``unit`` is the database key of the province or commune."""

    role: Role
    kind: ScopeKind
    unit: int


@dataclass(frozen=True)
class Reach:
    """Where a permission holds: whole provinces and single communes (database keys)."""

    provinces: frozenset[int]
    communes: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.provinces or self.communes)

    def covers(self, commune: int | None, province: int | None) -> bool:
        """Whether something in this commune of this province is within reach."""
        return province in self.provinces or commune in self.communes


@dataclass(frozen=True)
class Access:
    """Everything a person may do, from all grants they hold today."""

    grants: tuple[Grant, ...]

    def reach(self, permission: Permission) -> Reach:
        """How far the person holds the permission; an empty reach means not at all."""
        holders = TABLE[permission]
        held = [grant for grant in self.grants if grant.kind in holders.get(grant.role, frozenset())]
        return Reach(
            frozenset(grant.unit for grant in held if grant.kind is ScopeKind.PROVINCE),
            frozenset(grant.unit for grant in held if grant.kind is ScopeKind.COMMUNE),
        )

    def may(self, permission: Permission) -> bool:
        """Whether the person holds the permission anywhere at all."""
        return bool(self.reach(permission))
