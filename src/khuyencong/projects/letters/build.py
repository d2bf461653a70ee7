"""The Word templates that come with the product, written by code so that a change can be read.

``python -m khuyencong.projects.letters.build`` writes templates/*.docx anew (script/letters does). A province
that wants its own wording replaces a template in the product; this file is for what everyone gets.
"""

import io
import zipfile
from pathlib import Path

from khuyencong.projects.letters.paper import LetterPaper
from khuyencong.projects.letters.texts import LETTERS

_FIXED = (1980, 1, 1, 0, 0, 0)


def build(folder: Path) -> list[Path]:
    """Write every template and return their paths; the same code gives the same bytes."""
    made = []
    for kind, write in LETTERS.items():
        paper = LetterPaper()
        write(paper)
        target = folder / f"{kind}.docx"
        target.write_bytes(_steady(paper.content()))
        made.append(target)
    return made


def _steady(content: bytes) -> bytes:
    """The same package without the moments of its making."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.infolist(), key=lambda one: one.filename):
            new.writestr(zipfile.ZipInfo(entry.filename, _FIXED), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    for path in build(Path(__file__).parent / "templates"):
        print(path.name)
