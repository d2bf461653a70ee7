"""The indicator catalogue: what goals, reports, charts and open data count, said once.

An indicator is either measured (how many or how much of the facts of one table, ``indicators/facts``) or worked out
from others by a formula. Rooms above compute; this room only says what is meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Unit(StrEnum):
    """In what an indicator is told."""

    VND = "vnd"
    COUNT = "count"
    PERCENT = "percent"
    TIMES = "times"


class Frequency(StrEnum):
    """The shortest period for which it can be told; NOW: only as it stands today."""

    MONTH = "month"
    YEAR = "year"
    NOW = "now"


class Aggregate(StrEnum):
    """How facts become a number. DISTINCT counts each value of the column once."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"


@dataclass(frozen=True)
class Measure:
    """Which facts count and how; ``where``: column -> the values that count. Missing values are left out."""

    table: str
    aggregate: Aggregate
    column: str = ""
    where: tuple[tuple[str, tuple[str | bool, ...]], ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One line of the catalogue. ``formula`` is over codes of this catalogue; exactly one of the two is set.

    ``responsible``: who answers for the figure. ``source``: the records that it is counted from.
    """

    code: str
    name: Promise
    unit: Unit
    definition: Promise
    source: Promise
    responsible: Promise
    frequency: Frequency = Frequency.MONTH
    measure: Measure | None = None
    formula: str = ""


UNIT_NAMES: Mapping[Unit, Promise | str] = {
    Unit.VND: _("đồng"),
    Unit.COUNT: _("số đếm"),
    Unit.PERCENT: "%",
    Unit.TIMES: _("lần"),
}
FREQUENCY_NAMES: Mapping[Frequency, Promise] = {
    Frequency.MONTH: _("hằng tháng"),
    Frequency.YEAR: _("hằng năm"),
    Frequency.NOW: _("tại thời điểm xem"),
}

_OFFICER, _COMMUNE, _LEADER = _("Trung tâm Khuyến công"), _("Cán bộ cấp xã"), _("Sở Công Thương")
_STEPS, _PAYMENTS = _("Các bước của đề án"), _("Sổ thu chi theo hợp đồng")
_RESULTS, _REGISTRY, _PLANS = _("Kết quả hằng năm của cơ sở"), _("Danh bạ cơ sở"), _("Kế hoạch năm đã ban hành")


def _at(step: str, code: str, name: Promise, definition: Promise, column: str, unit: Unit = Unit.VND) -> Indicator:
    """Counted or summed over the projects that came to a step within the period."""
    measure = Measure("milestones", Aggregate.SUM, column, (("event", (step,)),))
    return Indicator(code, name, unit, definition, _STEPS, _OFFICER, measure=measure)


def _result(code: str, name: Promise, definition: Promise, unit: Unit, supported: bool = False) -> Indicator:
    """Summed over the yearly results of establishments."""
    column = code.removesuffix("_supported")
    measure = Measure("results", Aggregate.SUM, column, (("supported", (True,)),) if supported else ())
    return Indicator(code, name, unit, definition, _RESULTS, _COMMUNE, Frequency.YEAR, measure)


_CATALOGUE = (
    # Projects by the step they came to.
    _at("submitted", "projects_submitted", _("Đề án đã nộp"), _("Số đề án nộp lần đầu trong kỳ."), "lead", Unit.COUNT),
    _at("approved", "projects_approved", _("Đề án được phê duyệt"),
        _("Số đề án có quyết định phê duyệt trong kỳ."), "lead", Unit.COUNT),
    _at("planned", "projects_planned", _("Đề án được giao kế hoạch"),
        _("Số đề án được giao vào kế hoạch năm trong kỳ."), "lead", Unit.COUNT),
    _at("contracted", "projects_contracted", _("Đề án đã ký hợp đồng"),
        _("Số đề án ký hợp đồng trong kỳ."), "lead", Unit.COUNT),
    _at("accepted", "projects_accepted", _("Đề án đã nghiệm thu"),
        _("Số đề án được nghiệm thu trong kỳ."), "lead", Unit.COUNT),
    _at("settled", "projects_settled", _("Đề án đã quyết toán"),
        _("Số đề án quyết toán trong kỳ."), "lead", Unit.COUNT),
    _at("terminated", "projects_terminated", _("Đề án ngừng thực hiện"),
        _("Số đề án bị từ chối, rút hoặc ngừng trong kỳ."), "lead", Unit.COUNT),
    _at("approved", "support_approved", _("Kinh phí được phê duyệt"),
        _("Kinh phí hỗ trợ của các đề án được phê duyệt trong kỳ."), "support"),
    _at("planned", "support_planned", _("Kinh phí đã giao cho đề án"),
        _("Kinh phí hỗ trợ của các đề án được giao kế hoạch trong kỳ."), "support"),
    _at("contracted", "support_contracted", _("Kinh phí đã ký hợp đồng"),
        _("Kinh phí hỗ trợ của các đề án ký hợp đồng trong kỳ."), "support"),
    _at("accepted", "support_accepted", _("Kinh phí đã nghiệm thu"),
        _("Kinh phí hỗ trợ của các đề án được nghiệm thu trong kỳ."), "support"),
    _at("settled", "support_settled", _("Kinh phí đã quyết toán"),
        _("Kinh phí hỗ trợ của các đề án quyết toán trong kỳ."), "support"),
    _at("accepted", "counterpart_accepted", _("Vốn đối ứng của cơ sở"),
        _("Vốn đối ứng trong các đề án được nghiệm thu trong kỳ."), "counterpart"),
    _at("accepted", "blended_accepted", _("Vốn lồng ghép chương trình khác"),
        _("Vốn của chương trình khác trong các đề án được nghiệm thu trong kỳ."), "blended"),
    _at("accepted", "investment_accepted", _("Tổng vốn đầu tư"),
        _("Tổng kinh phí, gồm hỗ trợ, đối ứng và lồng ghép, của các đề án được nghiệm thu trong kỳ."), "investment"),
    _at("accepted", "jobs_expected", _("Lao động tăng thêm theo đề án"),
        _("Số lao động tăng thêm ghi trong đề án được nghiệm thu; là dự kiến, chưa phải kết quả đo được."),
        "jobs", Unit.COUNT),
    Indicator("establishments_supported", _("Cơ sở được hỗ trợ"), Unit.COUNT,
              _("Số cơ sở có đề án được nghiệm thu trong kỳ; mỗi cơ sở tính một lần."), _STEPS, _OFFICER,
              measure=Measure("milestones", Aggregate.DISTINCT, "establishment", (("event", ("accepted",)),))),
    # Money as it moved.
    Indicator("disbursed", _("Kinh phí đã giải ngân"), Unit.VND,
              _("Tạm ứng và thanh toán trong kỳ, trừ số thu hồi trong kỳ."), _PAYMENTS, _OFFICER,
              measure=Measure("payments", Aggregate.SUM, "amount")),
    Indicator("recovered", _("Kinh phí đã thu hồi"), Unit.VND, _("Số tiền thu hồi trong kỳ."), _PAYMENTS, _OFFICER,
              measure=Measure("payments", Aggregate.SUM, "recovered")),
    Indicator("plan_amount", _("Kế hoạch kinh phí năm"), Unit.VND,
              _("Số tiền của các dòng trong kế hoạch năm đã ban hành, kể cả điều chỉnh."), _PLANS, _LEADER,
              Frequency.YEAR, Measure("plan", Aggregate.SUM, "amount")),
    # Inspections of projects.
    Indicator("inspections", _("Đề án đã kiểm tra"), Unit.COUNT, _("Số cuộc kiểm tra đề án đã thực hiện trong kỳ."),
              _("Các cuộc kiểm tra"), _("Thanh tra, kiểm tra"), measure=Measure("visits", Aggregate.SUM, "lead")),
    Indicator("findings", _("Phát hiện qua kiểm tra"), Unit.COUNT,
              _("Số phát hiện ghi tại các cuộc kiểm tra thực hiện trong kỳ."), _("Các cuộc kiểm tra"),
              _("Thanh tra, kiểm tra"), measure=Measure("visits", Aggregate.SUM, "findings")),
    # What establishments reported.
    Indicator("results_reported", _("Cơ sở có kết quả"), Unit.COUNT,
              _("Số cơ sở có báo cáo kết quả của năm."), _RESULTS, _COMMUNE, Frequency.YEAR,
              Measure("results", Aggregate.DISTINCT, "establishment")),
    Indicator("results_reported_supported", _("Cơ sở đã được hỗ trợ có kết quả"), Unit.COUNT,
              _("Số cơ sở có đề án nghiệm thu đến hết năm và có báo cáo kết quả của năm."), _RESULTS, _COMMUNE,
              Frequency.YEAR, Measure("results", Aggregate.DISTINCT, "establishment", (("supported", (True,)),))),
    _result("workers", _("Lao động"), _("Tổng lao động của các cơ sở có báo cáo."), Unit.COUNT),
    _result("women", _("Lao động nữ"), _("Tổng lao động nữ của các cơ sở có báo cáo."), Unit.COUNT),
    _result("ethnic_minority", _("Lao động dân tộc thiểu số"),
            _("Tổng lao động dân tộc thiểu số của các cơ sở có báo cáo."), Unit.COUNT),
    _result("revenue", _("Doanh thu"), _("Tổng doanh thu của các cơ sở có báo cáo."), Unit.VND),
    _result("output_value", _("Giá trị sản xuất"),
            _("Tổng giá trị sản xuất của các cơ sở có báo cáo."), Unit.VND),
    _result("value_added", _("Giá trị tăng thêm"),
            _("Tổng giá trị tăng thêm của các cơ sở có báo cáo."), Unit.VND),
    _result("tax_paid", _("Nộp ngân sách"), _("Tổng nộp ngân sách của các cơ sở có báo cáo."), Unit.VND),
    _result("export_value", _("Giá trị xuất khẩu"),
            _("Tổng giá trị xuất khẩu của các cơ sở có báo cáo."), Unit.VND),
    _result("profit", _("Lợi nhuận"), _("Tổng lợi nhuận của các cơ sở có báo cáo."), Unit.VND),
    _result("investment", _("Vốn đầu tư trong năm"),
            _("Tổng vốn đầu tư trong năm của các cơ sở có báo cáo."), Unit.VND),
    _result("workers_supported", _("Lao động tại cơ sở đã được hỗ trợ"),
            _("Lao động của các cơ sở có báo cáo và đã có đề án nghiệm thu đến hết năm."), Unit.COUNT, True),
    _result("revenue_supported", _("Doanh thu của cơ sở đã được hỗ trợ"),
            _("Doanh thu của các cơ sở có báo cáo và đã có đề án nghiệm thu đến hết năm."), Unit.VND, True),
    _result("tax_paid_supported", _("Nộp ngân sách của cơ sở đã được hỗ trợ"),
            _("Nộp ngân sách của các cơ sở có báo cáo và đã có đề án nghiệm thu đến hết năm."), Unit.VND, True),
    # The registry as it stands.
    Indicator("establishments", _("Cơ sở công nghiệp nông thôn"), Unit.COUNT,
              _("Số cơ sở đang hoạt động trong danh bạ."), _REGISTRY, _COMMUNE, Frequency.NOW,
              Measure("establishments", Aggregate.COUNT, where=(("status", ("active",)),))),
    Indicator("never_supported", _("Cơ sở chưa từng được hỗ trợ"), Unit.COUNT,
              _("Số cơ sở đang hoạt động chưa có đề án nào được nghiệm thu."), _REGISTRY, _COMMUNE, Frequency.NOW,
              Measure("establishments", Aggregate.COUNT, where=(("status", ("active",)), ("supported", (False,))))),
    # Worked out from the others.
    Indicator("leverage", _("Vốn đầu tư trên một đồng hỗ trợ"), Unit.TIMES,
              _("Tổng vốn đầu tư chia cho kinh phí hỗ trợ của các đề án được nghiệm thu trong kỳ."), _STEPS, _OFFICER,
              formula="investment_accepted / support_accepted"),
    Indicator("disbursed_share", _("Tỷ lệ giải ngân so với kế hoạch"), Unit.PERCENT,
              _("Kinh phí đã giải ngân chia cho kế hoạch kinh phí của cả năm."), _PAYMENTS, _OFFICER,
              formula="100 * disbursed / plan_amount"),
    Indicator("revenue_per_worker", _("Doanh thu một lao động"), Unit.VND,
              _("Doanh thu chia cho lao động của các cơ sở có báo cáo."), _RESULTS, _COMMUNE, Frequency.YEAR,
              formula="revenue / workers"),
)  # fmt: skip

INDICATORS: Mapping[str, Indicator] = {one.code: one for one in _CATALOGUE}
