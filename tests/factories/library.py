"""Documents of the province for tests: adopted, resting on central ones."""

import datetime as dt

from khuyencong.law.models import Edition, LegalDocument, Relation


def make_local(
    province, code, issuer="Hội đồng nhân dân tỉnh Cao Bằng", signed=dt.date(2019, 7, 1), bases=(), **fields
):
    """An adopted document of the province. ``bases``: (code of the document it rests on, path)."""
    document = LegalDocument.objects.create(code=code, number=fields.pop("number", code.upper()))
    edition = Edition(
        document=document, kind="resolution", issuer=issuer, level="provincial", province=province,
        title=f"Văn bản thử {code}", signed=signed, in_force_from=signed, state="adopted", **fields,
    )  # fmt: skip
    edition.fold()
    edition.save()
    for basis, path in bases:
        Relation.objects.create(
            edition=edition, kind="based-on", target=LegalDocument.objects.get(code=basis), target_path=path
        )
    return edition
