"""Spreadsheets as an officer would bring them, with the mistakes that people make."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

_HEADS = [
    "Số đăng ký", "Tên cơ sở", "Loại hình", "Mã số thuế", "Xã, phường", "Huyện cũ", "Năm thành lập", "Lao động",
    "Sản phẩm chính", "Người nhập",
]  # fmt: skip


def establishments(folder: Path, known_code: str, known_name: str, known_commune: str) -> Path:
    """New ones (an old place name among them), a changed one, a possible duplicate, two with errors."""
    rows = [
        ["", "Cơ sở miến dong Lò Gạch", "Hộ kinh doanh", "", "Thị trấn Trùng Khánh", "Trùng Khánh", 2018, 6,
         "Miến dong", "Hoa"],
        ["", "Hợp tác xã chè Phja Đén", "Hợp tác xã", "", "xa thanh cong", "nguyen binh", 2016, 14, "Chè", "Hoa"],
        ["", known_name, "Doanh nghiệp", "", known_commune, "", "", 21, "", "Hoa"],
        ["CB-00012", "Xưởng cơ khí Hoàng Ngọc Lan", "Hộ kinh doanh", "", "Xã Nam Tuấn", "", 2011, 7, "", "Hoa"],
        ["", "Công ty TNHH Gỗ Đông Khê", "Công ty", "0106282211", "Xã Đông Khê", "", "mười bảy", "bảy", "Gỗ xẻ", "Hoa"],
        ["", "Cơ sở lạp sườn Hà Quảng", "Hộ kinh doanh", "", "Xã Trường Hàa", "", 2019, 3, "Lạp sườn", "Hoa"],
    ]  # fmt: skip
    file = folder / "co-so-dot-1.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Cơ sở")
        for line, values in enumerate([_HEADS, *rows]):
            sheet.write_row(line, 0, values)
    return file


def without_heads(folder: Path) -> Path:
    """A file whose headings the import does not know."""
    file = folder / "tong-hop.csv"
    file.write_text("STT,Đơn vị,Ghi chú\n1,Hợp tác xã Tâm Hòa,tốt\n", encoding="utf-8")
    return file


def panel(folder: Path, parquet: Path, broken: bool = False) -> Path:
    """A panel of one's own, with Vietnamese headings; ``broken`` has a word where a number belongs."""
    table: pa.Table = pq.read_table(parquet)
    file = folder / ("bang-so-lieu-loi.csv" if broken else "bang-so-lieu.csv")
    names = {"unit": "ma_co_so", "year": "nam", "revenue": "doanh_thu", "first_support": "nam_ho_tro"}
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(names.values())
        for number, row in enumerate(table.to_pylist()):
            values = ["" if row[name] is None else int(row[name]) for name in names]
            if broken and number == 5:
                values[2] = "khoảng 2 tỷ"
            writer.writerow(values)
    return file
