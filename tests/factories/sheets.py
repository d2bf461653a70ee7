"""Real spreadsheet files for tests, made and read back with libraries that the product does not use for reading."""

import csv
import io

import openpyxl


def xlsx(*lines, title="Trang 1", more=()):
    """A workbook with these lines on its first sheet; ``more`` are (title, lines) of further sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, content in [(title, lines), *more]:
        sheet = book.create_sheet(name)
        for line in content:
            sheet.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_file(*lines, separator=",", encoding="utf-8"):
    """A csv file as a spreadsheet program saves it."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(lines)
    return out.getvalue().encode(encoding)


def read(content, sheet=None):
    """The cells of a workbook, line by line."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in (book[sheet] if sheet else book.worksheets[0]).iter_rows()]


def as_dicts(content):
    """The lines of a workbook's first sheet by heading."""
    heads, *lines = read(content)
    return [dict(zip(heads, line, strict=True)) for line in lines]
