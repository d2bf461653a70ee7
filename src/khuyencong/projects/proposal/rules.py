"""What holds for the estimate of a proposal. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CostLine:
    """One line of the estimate. Quantity in thousandths, so that 1.5 tonnes times a price stays whole."""

    thousandths: int
    unit_price: int

    @property
    def amount(self) -> int:
        """VND, half a dong and more rounded up."""
        return (self.thousandths * self.unit_price + 500) // 1000
