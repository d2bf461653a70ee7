"""What holds for the money of a contract: what may still be paid, and what taken back. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ledger:
    """The money of a contract so far, in VND."""

    contract: int
    ceiling: int | None
    line_left: int | None  # what the plan line still has for this project, its own commitment included
    paid: int
    recovered: int

    @property
    def net(self) -> int:
        """What the establishment holds."""
        return self.paid - self.recovered

    @property
    def left(self) -> int:
        """What may still be paid."""
        bounds = [self.contract] + [bound for bound in (self.ceiling, self.line_left) if bound is not None]
        return min(bounds) - self.net


@dataclass(frozen=True)
class Refusal:
    """Why an amount is refused: a code and the bound in VND."""

    code: (
        str  # "not-positive" | "above-contract" | "above-ceiling" | "above-plan-line" | "above-advance" | "above-paid"
    )
    bound: int


def payment_refusal(ledger: Ledger, amount: int, advance_percent: int | None = None) -> Refusal | None:
    """Why this payment may not be made, or None. ``advance_percent``: set while it is an advance."""
    if amount <= 0:
        return Refusal("not-positive", 0)
    if ledger.net + amount > ledger.contract:
        return Refusal("above-contract", ledger.contract - ledger.net)
    if ledger.ceiling is not None and ledger.net + amount > ledger.ceiling:
        return Refusal("above-ceiling", ledger.ceiling - ledger.net)
    if ledger.line_left is not None and ledger.net + amount > ledger.line_left:
        return Refusal("above-plan-line", ledger.line_left - ledger.net)
    if advance_percent is not None and ledger.net + amount > ledger.contract * advance_percent // 100:
        return Refusal("above-advance", ledger.contract * advance_percent // 100 - ledger.net)
    return None


def recovery_refusal(ledger: Ledger, amount: int) -> Refusal | None:
    """Why this much may not be taken back, or None."""
    if amount <= 0:
        return Refusal("not-positive", 0)
    return Refusal("above-paid", ledger.net) if amount > ledger.net else None
