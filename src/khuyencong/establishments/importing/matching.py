"""Which existing establishment a row means: by register number, by tax code, by name and commune."""

from dataclasses import dataclass

from khuyencong.core.text import fold
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.rules import clean_tax_code
from khuyencong.places.models import Unit


@dataclass(frozen=True)
class Match:
    """An existing establishment, and whether that is certain or only possible."""

    establishment: Establishment
    certain: bool


class Register:
    """All establishments, held in memory for one import."""

    def __init__(self) -> None:
        found = list(Establishment.objects.select_related("commune"))
        self.by_code = {one.code.upper(): one for one in found}
        self.by_tax_code = {one.tax_code: one for one in found if one.tax_code}
        self.by_name: dict[tuple[str, int], list[Establishment]] = {}
        for one in found:
            self.by_name.setdefault((one.folded_name, one.commune_id), []).append(one)

    def match(self, code: str, tax_code: str, name: str, commune: Unit | None) -> Match | None:
        """The establishment a registry row describes.

        The register number is certain. The tax code is certain when the name agrees too and no other register
        number is given. The same name in the same commune is only possible: two households may bear one name.
        """
        known = self.by_code.get(code.upper()) if code else None
        if known is not None:
            return Match(known, True)
        possible = self._possible(tax_code, name, commune)
        return Match(possible.establishment, False) if possible and code else possible

    def _possible(self, tax_code: str, name: str, commune: Unit | None) -> Match | None:
        known = self.by_tax_code.get(tax_code) if tax_code else None
        if known is not None:
            return Match(known, known.folded_name == fold(name)[:200])
        same = self.by_name.get((fold(name)[:200], commune.pk), []) if commune else []
        return Match(same[0], False) if same else None

    def named(self, number: str) -> Establishment | None:
        """The establishment with this register number or tax code, a lost zero in front allowed."""
        known = self.by_code.get(number.upper())
        if known is not None:
            return known
        try:
            return self.by_tax_code.get(clean_tax_code(number.zfill(10)))
        except ValueError:
            return None

    def find(self, code: str, tax_code: str, name: str, commune: Unit | None) -> list[Establishment]:
        """The establishments a row of results may belong to; exactly one is wanted."""
        if code:
            known = self.by_code.get(code.upper())
            return [known] if known else []
        if tax_code:
            known = self.by_tax_code.get(tax_code)
            return [known] if known else []
        return self.by_name.get((fold(name)[:200], commune.pk), []) if commune else []
