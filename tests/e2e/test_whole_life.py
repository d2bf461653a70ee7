"""A local and a national project from the survey to the settlement, each step by whose it is, every paper opened."""

import re
import shutil
import subprocess

import pytest
from PIL import Image
from playwright.sync_api import expect

from khuyencong.core import audit, clock, jobs
from khuyencong.law.models import ActivityType, EligibleGroup
from khuyencong.people.models import User
from khuyencong.projects.lifecycle.table import Fund, State
from khuyencong.projects.models import Project
from khuyencong.projects.money.queries import imbalances
from tests import office
from tests.e2e.conftest import PATIENCE, SIZES, let_in
from tests.e2e.test_proposal import PDF, write_row
from tests.factories.establishments import make_establishment
from tests.projects.letters.test_letters import words

SUPPORT, COST = "150.000.000", 300_000_000
IN_WORDS = "Một trăm năm mươi triệu đồng"
TITLE = "Hỗ trợ máy sấy miến 500 kg một mẻ"
PAPERS = {
    Fund.LOCAL: ["submission", "appraisal-minutes", "approval", "assignment", "contract", "inspection", "acceptance",
                 "contract-closing", "settlement"],
    Fund.NATIONAL: ["submission", "appraisal-minutes", "forwarding", "approval-notice", "assignment", "contract",
                    "inspection", "acceptance", "contract-closing", "settlement"],
}  # fmt: skip
LABELS = dict(Project._meta.get_field("state").choices)
# What each paper must say beside its number, its title and the name of the project.
SAYS = {
    "submission": [SUPPORT, IN_WORDS, "Miến dong Hồng Ngự", "Máy sấy miến"],
    "appraisal-minutes": ["12/QĐ-SCT", "Thử chu-tich", "Thử thu-ky", "Thử uy-vien", "đạt"],
    "forwarding": [SUPPORT, "Bộ Công Thương"],
    "approval": [SUPPORT, IN_WORDS, "Điều 1", "QUYẾT ĐỊNH"],
    "approval-notice": [SUPPORT, "Miến dong Hồng Ngự"],
    "assignment": [SUPPORT, "Điều 1"],
    "contract": [SUPPORT, IN_WORDS, "Miến dong Hồng Ngự", "BÊN A"],
    "inspection": ["Máy đã lắp, chạy tốt.", "Chưa gắn biển"],
    "acceptance": ["0000123", SUPPORT],
    "contract-closing": [SUPPORT, "thanh lý"],
    "settlement": [SUPPORT, "Điều 1"],
}


class House:
    """One project and a desk for everybody who has to do with it."""

    def __init__(self, browser, server, people):
        self.browser, self.server, self.people = browser, server, people
        self.desks, self.errors, self.pk = {}, [], None

    def at(self, who, address=""):
        """The page of a person, at an address of the project when one is given."""
        if who not in self.desks:
            context = self.browser.new_context(viewport=SIZES["desk"], base_url=self.server.url, locale="vi-VN")
            let_in(context, self.people[who], self.server.url)
            page = self.desks[who] = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: self.errors.append(str(error)))
        page = self.desks[who]
        if self.pk:
            page.goto(f"/projects/{self.pk}/{address}")
        return page

    def step(self, who, label, reached):
        """Press the next action on the card, then do it on its page; the state that follows."""
        page = self.at(who)
        page.locator(".page-head").get_by_role("link", name=label, exact=True).click()
        expect(page.locator("#step-check .unmet")).to_have_count(0)
        page.locator("#step-do").click()
        page.wait_for_url(f"**/projects/{self.pk}/")
        expect(page.locator(".course .now .what")).to_have_text(str(LABELS[reached]))
        jobs.work_off()  # the letters of the step

    def paper(self, who, kind):
        """Bring a scanned paper."""
        page = self.at(who, f"papers/add/?kind={kind}")
        page.set_input_files("#id_files", [{"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": PDF}])
        page.get_by_role("button", name="Đưa lên").click()
        page.get_by_text(f"Đã đưa lên: {kind}.pdf.").wait_for()

    def letter(self, who, name):
        """Have a letter made that no step makes."""
        page = self.at(who, "?tab=file")
        page.get_by_role("button", name=name, exact=True).click()
        page.locator("#letters").get_by_text("đang được soạn").first.wait_for()
        jobs.work_off()
        page.locator("#letters").get_by_role("link", name=name).wait_for()

    def close(self):
        """Everybody goes home."""
        for page in self.desks.values():
            page.context.close()


@pytest.fixture
def house(browser, live_server, person, province, commune):
    roles = {
        "xa": ("officer", commune), "can-bo": ("officer", province), "lanh-dao": ("leader", province),
        "kiem-tra": ("inspector", province), "chu-tich": ("viewer", province), "thu-ky": ("analyst", province),
        "uy-vien": ("viewer", province),
    }  # fmt: skip
    made = House(browser, live_server, {name: person(role, place, name) for name, (role, place) in roles.items()})
    yield made
    made.close()
    assert not made.errors


@pytest.mark.parametrize("fund", Fund)
def test_from_survey_to_settlement(fund, house, commune, tmp_path):
    home = make_establishment(
        commune, "Miến dong Hồng Ngự", "CB-00001", owner_name="Nông Văn Thử", address="Xóm 3",
        eligible_group=EligibleGroup.objects.get(code="agro-processing"),
    )  # fmt: skip
    survey_and_propose(house, home, fund)
    house.paper("xa", "registration")
    house.step("xa", "Nộp đề án", State.SUBMITTED)
    appraise(house)
    if fund is Fund.LOCAL:
        house.step("lanh-dao", "Phê duyệt", State.APPROVED)
    else:
        house.step("lanh-dao", "Trình Bộ thẩm định", State.MINISTRY_APPRAISAL)
        house.paper("can-bo", "ministry-decision")
        house.step("lanh-dao", "Ghi nhận Bộ phê duyệt", State.APPROVED)
    plan_and_contract(house, fund)
    house.step("can-bo", "Bắt đầu thực hiện", State.IN_PROGRESS)
    pay(house, "advance", "100.000.000")
    inspect(house)
    accept_and_pay_the_rest(house)
    house.step("can-bo", "Thanh lý hợp đồng", State.CONTRACT_CLOSED)
    house.step("lanh-dao", "Phê duyệt quyết toán", State.SETTLED)

    project = Project.objects.get()
    assert (project.state, project.contract.paid, project.contract.amount) == ("settled", 150_000_000, 150_000_000)
    assert imbalances() == []
    assert audit.verify().broken is None
    assert {step.taken_by.username for step in project.steps.all()} == {"xa", "can-bo", "lanh-dao"}
    assert [one.kind for one in project.letters.order_by("pk")] == PAPERS[fund]
    papers = open_papers(house, project)
    render(papers["approval" if fund is Fund.LOCAL else "approval-notice"], tmp_path)


def survey_and_propose(house, home, fund):
    """The commune officer goes there, then writes."""
    page = house.at("xa")
    page.goto(f"/establishments/{home.pk}/")
    page.get_by_role("link", name="Khảo sát", exact=True).click()
    page.get_by_label("Nhu cầu").fill("Mùa mưa không phơi được miến.")
    page.get_by_label("Máy móc, thiết bị muốn đầu tư").fill("Máy sấy miến 500 kg một mẻ")
    page.get_by_label("Chi phí ước tính").fill("300 triệu")
    page.get_by_label("Nên lập đề án").check()
    page.get_by_role("button", name="Lưu khảo sát").click()
    page.get_by_role("link", name="Lập đề án từ khảo sát này").click()
    page.get_by_label("Nội dung hỗ trợ").select_option(str(ActivityType.objects.get(code="machinery").pk))
    page.get_by_label("Nguồn kinh phí").select_option(fund.value)
    write_row(page, 0, "Máy sấy miến", "bộ", "1", "300 triệu")
    page.get_by_label("Kinh phí hỗ trợ").fill("150 triệu")
    page.get_by_label("Vốn đối ứng").fill("150 triệu")
    check = page.locator("#check")
    expect(check).to_contain_text("khớp đến đồng")
    expect(check).to_contain_text("Đủ điều kiện: Miến dong Hồng Ngự")
    page.get_by_role("button", name="Lưu đề án").click()
    page.get_by_text("Đã lập đề án số").wait_for()
    project = Project.objects.get()
    assert (project.title, project.total_cost, project.drafted_by.username) == (TITLE, COST, "xa")
    house.pk = project.pk


def appraise(house):
    """A council is named, its members score alone, the minutes are made; who drafted is not in it."""
    page = house.at("can-bo", "council/")
    page.get_by_label("Quyết định thành lập").fill("12/QĐ-SCT")
    assert not page.locator("#id_user-0").get_by_text("Thử xa").count()
    for number, name in enumerate(("chu-tich", "thu-ky", "uy-vien")):
        page.locator(f"#id_user-{number}").select_option(str(User.objects.get(username=name).pk))
    page.get_by_role("button", name="Lập hội đồng").click()
    page.wait_for_url("**?tab=appraisal*")
    house.step("can-bo", "Bắt đầu thẩm định", State.DEPARTMENT_APPRAISAL)
    for name in ("chu-tich", "thu-ky", "uy-vien"):
        sheet = house.at(name, "sheet/")
        for points in sheet.locator("input[name^=points-]").all():
            points.fill(re.search(r"\d+", points.evaluate("box => box.labels[0].innerText"))[0])  # the most it may be
        sheet.get_by_label("Nhận xét chung").fill("Nên hỗ trợ.")
        sheet.get_by_role("button", name="Nộp phiếu").click()
        sheet.get_by_text("Bạn đã nộp phiếu lúc").wait_for()
    house.letter("can-bo", "Biên bản thẩm định")


def plan_and_contract(house, fund):
    """The officer chooses the project into the year's plan, the leader adopts it, the contract is signed."""
    page, year = house.at("can-bo"), clock.today().year
    page.goto(f"/plan/new/?year={year}")
    page.locator(f"#id_money_{fund.value}").fill("1 tỷ")
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.wait_for_url(f"**/plan/{year}/")
    page.get_by_role("link", name="Chọn đề án vào kế hoạch").click()
    expect(page.locator("input[name=pick]:checked")).to_have_count(1)
    page.get_by_role("button", name="Lưu vào dự thảo kế hoạch").click()
    page.wait_for_url(f"**/plan/{year}/")
    leader = house.at("lanh-dao")
    leader.goto(f"/plan/{year}/adopt/")
    leader.get_by_label("Số quyết định").fill("12/QĐ-UBND")
    leader.get_by_role("button", name="Ban hành kế hoạch").click()
    leader.wait_for_url(f"**/plan/{year}/")
    assert Project.objects.get(pk=house.pk).state == State.PLANNED
    contract = house.at("can-bo", "contract/")
    contract.get_by_label("Số hợp đồng").fill("01/HĐKC")
    contract.get_by_label("Ngày ký").fill(clock.today().strftime("%d/%m/%Y"))
    contract.get_by_role("button", name="Ghi", exact=True).click()
    contract.wait_for_url("**?tab=money*")
    house.letter("can-bo", "Hợp đồng")
    house.paper("can-bo", "signed-contract")
    house.step("can-bo", "Ghi nhận ký hợp đồng", State.CONTRACTED)


def pay(house, kind, amount):
    """Money goes out."""
    page = house.at("can-bo", "payment/")
    page.locator("#id_kind").select_option(kind)
    page.get_by_label("Số tiền").fill(amount)
    for invoice in page.locator("input[name=invoices]").all():
        invoice.check()
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.wait_for_url("**?tab=money*")


def inspect(house):
    """The inspector goes there, finds something small, and closes it once it was mended."""
    page = house.at("kiem-tra")
    page.goto(f"/supervision/projects/{house.pk}/add/")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/supervision/visits/**")
    visit = page.url
    page.get_by_role("link", name="Ghi phát hiện").click()
    page.get_by_label("Mức độ").select_option(label="Nhẹ")
    page.get_by_label("Phát hiện", exact=False).last.fill("Chưa gắn biển ghi nguồn hỗ trợ.")
    page.get_by_label("Phải khắc phục").fill("Gắn biển.")
    page.get_by_label("Hạn khắc phục").fill(clock.today().strftime("%d/%m/%Y"))
    page.locator("main form button[type=submit]").first.click()
    page.get_by_text("Đã ghi phát hiện").wait_for()
    page.goto(visit)
    for question in page.locator("main fieldset").all():
        question.get_by_label("Đạt", exact=True).check()
    page.get_by_label("Kết luận").fill("Máy đã lắp, chạy tốt.")
    page.get_by_role("button", name="Kiểm tra xong, lập biên bản").click()
    page.get_by_text("Đã xong; biên bản đã lập.").wait_for()
    officer = house.at("xa")
    officer.goto("/work/")
    officer.get_by_role("link", name="Khắc phục phát hiện kiểm tra").click()
    officer.locator("#id_remedy_note").fill("Đã gắn biển.")
    officer.get_by_role("button", name="Báo khắc phục").click()
    officer.get_by_text("Đã báo khắc phục").first.wait_for()
    page.goto("/work/")
    page.get_by_role("link", name="Kiểm tra lại, đóng phát hiện").click()
    page.get_by_role("button", name="Đã khắc phục, đóng phát hiện").click()
    page.get_by_text("Đã đóng phát hiện").first.wait_for()


def accept_and_pay_the_rest(house):
    """Invoice and photos, acceptance, the rest of the money against the invoice."""
    page = house.at("can-bo", "invoice/")
    page.get_by_label("Mã số thuế").fill("0100109106")
    page.locator("#id_seller").fill("Công ty Máy Thử")
    page.get_by_label("Số hóa đơn").fill("0000123")
    page.get_by_label("Ngày hóa đơn").fill(clock.today().strftime("%d/%m/%Y"))
    page.get_by_label("Số tiền").fill("300 triệu")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.wait_for_url("**?tab=money*")
    house.paper("can-bo", "invoices")
    house.paper("can-bo", "acceptance-photos")
    house.step("can-bo", "Nghiệm thu", State.ACCEPTED)
    pay(house, "payment", "50.000.000")


def open_papers(house, project):
    """Take every paper away as its reader does, open it in Word's own format, and hold it against the project."""
    opened = {}
    jobs.work_off()
    page = house.at("can-bo", "?tab=file")
    assert not page.get_by_text("đã bị thay đổi hoặc mất").count()
    for letter in project.letters.all():
        answer = page.request.get(f"/projects/{project.pk}/letters/{letter.pk}/")
        assert answer.status == 200
        text = words(answer.body())
        for expected in (letter.symbol, TITLE.lower(), *(one.lower() for one in SAYS[letter.kind])):
            assert expected.lower() in text.lower(), (letter.kind, expected, text)
        assert "{{" not in text and "{%" not in text
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        opened[letter.kind] = answer.body()
    return opened


def render(content, folder):
    """Where LibreOffice is at hand: the paper as a picture, which has margins and fills most of its page."""
    if not (office.opens("docx") and shutil.which("pdftoppm")):
        return
    office.as_pdf(content, "docx", folder)
    command = ["pdftoppm", "-r", "60", "-png", "-singlefile", "paper.pdf", "paper"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    picture = Image.open(folder / "paper.png").convert("L")
    left, top, right, bottom = picture.point(lambda shade: 255 if shade < 128 else 0).getbbox()
    width, height = picture.size
    assert left > 0.08 * width and top > 0.03 * height and right < 0.96 * width
    assert bottom > 0.5 * height, "a page with little on it"
