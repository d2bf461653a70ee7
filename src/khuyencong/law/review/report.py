"""The review as a report in the form of an official paper, to be numbered and signed."""

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from khuyencong.core.word.paper import Paper
from khuyencong.law.documents.models import Edition
from khuyencong.law.documents.status_wording import day
from khuyencong.law.norms.queries import article
from khuyencong.law.review import wording
from khuyencong.law.review.models import ReviewItem
from khuyencong.law.review.queries import Review, Row, overdue
from khuyencong.law.review.rules import FindingKind
from khuyencong.places.models import Unit

_WIDTHS = (10, 38, 47, 25, 25, 20)


def review_report(found: Review, province: Unit, today: dt.date) -> bytes:
    """The bytes of a docx file. Official papers are in Vietnamese, whatever the language of the screen."""
    with translation.override("vi"):
        return _report(found, province, today)


def _report(found: Review, province: Unit, today: dt.date) -> bytes:
    paper = Paper()
    paper.head(
        (_("UBND %(province)s") % {"province": _full_name(province)}).upper(),
        settings.INSTALLATION.department.upper(),
        _("Số:        /BC-SCT"),
        _("%(place)s, ngày %(day)s tháng %(month)s năm %(year)s")
        % {"place": province.short_name, "day": f"{today:%d}", "month": f"{today:%m}", "year": f"{today:%Y}"},
    )
    paper.title(
        _("BÁO CÁO"),
        _("Kết quả rà soát văn bản về khuyến công của tỉnh, tính đến ngày %(day)s") % {"day": day(found.day)},
    )
    _scope(paper, found, today)
    _of_documents(paper, found, today)
    _missing(paper, found, today)
    _proposals(paper, found)
    recipients = (_("Ủy ban nhân dân tỉnh"), _("Sở Tư pháp"), _("Lưu: VT, QLCN"))
    paper.sign(_("Giám đốc").upper(), _("Nơi nhận:"), [f"- {one}" for one in recipients])
    return paper.content()


def _full_name(province: Unit) -> str:
    """``tỉnh Cao Bằng``; a city bears its word in its name already."""
    return _("tỉnh %(name)s") % {"name": province.name} if province.name == province.short_name else province.name


def _scope(paper: Paper, found: Review, today: dt.date) -> None:
    paper.section(_("I. Phạm vi rà soát"))
    paper.para(
        _(
            "Đã rà soát %(n)s văn bản của tỉnh về khuyến công cùng các văn bản cấp trên làm căn cứ. Có %(findings)s "
            "phát hiện, trong đó %(missing)s yêu cầu của văn bản cấp trên chưa có văn bản của tỉnh; %(open)s phát hiện "
            "chưa có đề xuất, %(late)s việc quá hạn."
        )
        % {
            "n": len(found.locals),
            "findings": len(found.rows),
            "missing": len(found.missing()),
            "open": sum(row.item is None for row in found.rows),
            "late": sum(row.item is not None and overdue(row.item, today) for row in found.rows),
        },
    )
    if not all(row.verified for row in found.rows):
        paper.para(
            _("Phát hiện có dấu (*) dựa trên bản ghi chưa đối chiếu với văn bản gốc; cần kiểm tra trước khi dùng."),
        )


def _of_documents(paper: Paper, found: Review, today: dt.date) -> None:
    paper.section(_("II. Văn bản của tỉnh có căn cứ đã thay đổi"))
    rows = [(_named(edition), row) for edition, rows in found.by_document() for row in rows]
    if not rows:
        paper.para(_("Không có văn bản nào."))
        return
    paper.table(_heads(_("Văn bản của tỉnh")), [_cells(n, named, row, today) for n, (named, row) in
                                                         enumerate(rows, start=1)], _WIDTHS)  # fmt: skip


def _missing(paper: Paper, found: Review, today: dt.date) -> None:
    paper.section(_("III. Yêu cầu của văn bản cấp trên chưa có văn bản của tỉnh"))
    rows = found.missing()
    if not rows:
        paper.para(_("Không có yêu cầu nào."))
        return
    lines = [
        _cells(n, f"{row.duty.asks}\n({article(row.duty.path, row.duty.document)})", row, today)
        for n, row in enumerate(rows, start=1)
        if row.duty is not None
    ]
    paper.table(_heads(_("Yêu cầu")), lines, _WIDTHS)


def _proposals(paper: Paper, found: Review) -> None:
    paper.section(_("IV. Đề xuất, kiến nghị"))
    told = []
    for label, proposal in ((label, value) for value, label in ReviewItem.Proposal.choices):
        named = []
        for row in found.rows:
            if row.item is not None and row.item.proposal == proposal and row.item.status != ReviewItem.Status.DROPPED:
                named.append((row.local.numbered or row.local.title) if row.local else str(row.duty))
        if named:
            told.append(f"{label}: {'; '.join(dict.fromkeys(named))}.")
    open_ = sum(row.item is None for row in found.rows)
    if open_:
        told.append(_("Còn %(n)s phát hiện cần giao người xem xét, đề xuất.") % {"n": open_})
    if told:
        paper.bullets(told)
    else:
        paper.para(_("Không có kiến nghị."))


def _heads(first: str) -> list[str]:
    return [_("TT"), first, _("Phát hiện"), _("Đề xuất"), _("Người làm, hạn"), _("Tình trạng")]


def _cells(number: int, named: str, row: Row, today: dt.date) -> list[str]:
    found = wording.finding(row) + ("" if row.verified else " (*)")
    if row.finding.kind is FindingKind.MISSING and row.duty is not None and row.duty.deadline:
        found += "\n" + _("Hạn của văn bản cấp trên: %(day)s") % {"day": day(row.duty.deadline)}
    item = row.item
    if item is None:
        return [str(number), named, found, _("Chưa có"), "", ""]
    proposal = item.get_proposal_display() + (f"\n{item.note}" if item.note else "")
    who = "\n".join(part for part in (str(item.owner or _("chưa giao")), day(item.deadline)) if part)
    return [str(number), named, found, proposal, who, wording.item_status(item, today)]


def _named(edition: Edition) -> str:
    return f"{edition}\n{edition.title}" if edition.numbered else edition.title
