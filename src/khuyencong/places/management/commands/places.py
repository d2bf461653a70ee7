import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from khuyencong.core.commands import ProductCommand, day
from khuyencong.places import actions, queries
from khuyencong.places.boundaries import wording
from khuyencong.places.boundaries.actions import import_file
from khuyencong.places.boundaries.geojson import Unreadable
from khuyencong.places.rules import Resolution, Status


class Command(ProductCommand):
    help = "Địa danh hành chính: nạp dữ liệu, nhập ranh giới, tìm xã phường hiện nay từ một tên đã viết."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
        verbs.add_parser("load", help="Nạp 34 tỉnh, 3.321 xã và các đơn vị trước ngày 01/07/2025.")
        resolve = verbs.add_parser("resolve", help="Tìm xã, phường hiện nay của một địa danh cũ hoặc mới.")
        resolve.add_argument("text", metavar="TÊN", help='Ví dụ: "Thị trấn Trùng Khánh, huyện Trùng Khánh, Cao Bằng".')
        resolve.add_argument("--province", default=settings.PROVINCE_CODE, help="Mã tỉnh khi tên không ghi tỉnh.")
        resolve.add_argument("--on", type=day, metavar="NGÀY", help="Ngày của văn bản, dạng 31/12/2024.")
        resolve.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")
        boundaries = verbs.add_parser("boundaries", help="Nhập ranh giới xã phường của tỉnh, hoặc của các tỉnh.")
        boundaries.add_argument("file", metavar="TỆP", type=Path, help="Tệp GeoJSON, hệ tọa độ WGS84.")
        boundaries.add_argument("--dry-run", action="store_true", help="Chỉ xem kết quả, không ghi gì.")
        boundaries.add_argument("--json", action="store_true", help="In kết quả dạng JSON.")

    def handle(self, *args: object, **options: object) -> None:
        if options["verb"] == "boundaries":
            self._boundaries(options["file"], bool(options["dry_run"]), bool(options["json"]))
            return
        if options["verb"] == "load":
            done = actions.load()
            self.stdout.write(f"Đã nạp {done.current} đơn vị hiện nay, {done.former} đơn vị trước 01/07/2025.")
            return
        answer = queries.resolve(options["text"], options["province"], options["on"])
        if options["json"]:
            self.stdout.write(json.dumps(as_json(answer), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(in_words(answer))
        if answer.status is not Status.FOUND:
            raise SystemExit(1)

    def _boundaries(self, file: Path, dry_run: bool, as_data: bool) -> None:
        try:
            done = import_file(file.read_bytes(), file.name, settings.PROVINCE_CODE, dry_run)
        except (OSError, ValueError) as error:  # no such file, or a name that no system has
            raise CommandError(f"Không mở được tệp {file}.") from error
        except Unreadable as why:
            raise CommandError(wording.unreadable(why)) from why
        if as_data:
            self.stdout.write(json.dumps(wording.as_json(done), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(wording.report(done, dry_run)))
        if done.refused:
            raise SystemExit(1)


def as_json(answer: Resolution) -> dict[str, object]:
    """The stable form for other programs."""
    former = answer.former
    return {
        "query": answer.query,
        "status": answer.status.value,
        "commune": _commune(answer.commune) if answer.commune else None,
        "is_former_name": answer.is_former_name,
        "former_unit": former and {"name": former.name, "district": former.district, "province": former.province},
        "candidates": [_commune(commune) for commune in answer.candidates],
        "meant": list(answer.meant),
        "note": in_words(answer),
    }


def _commune(commune: object) -> dict[str, object]:
    fields = ("code", "name", "province_code", "province", "latitude", "longitude")
    return {name: getattr(commune, name) for name in fields}


def in_words(answer: Resolution) -> str:
    """One Vietnamese sentence that says what was found."""
    names = "; ".join(commune.full_name for commune in answer.candidates)
    if answer.status is Status.AMBIGUOUS:
        meant = "; ".join(answer.meant)
        return _("“%(query)s” có thể là nhiều nơi: %(meant)s. Nay thuộc một trong các xã: %(names)s.") % {
            "query": answer.query,
            "meant": meant,
            "names": names,
        }
    if answer.commune is None:
        hint = _(" Có phải bạn muốn nói: %(names)s?") % {"names": names} if names else ""
        return _("Không tìm thấy xã, phường nào tên “%(query)s”.") % {"query": answer.query} + hint
    found = {"name": answer.commune.full_name, "code": answer.commune.code}
    if answer.former is not None:
        return _("Nay là %(name)s (mã %(code)s). Tên đã viết là tên cũ: %(former)s, dùng đến hết ngày 30/06/2025.") % {
            **found,
            "former": answer.former.full_name,
        }
    return _("%(name)s (mã %(code)s).") % found
