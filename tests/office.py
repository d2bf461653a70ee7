"""LibreOffice, where it is on the machine (script/test installs it where it may): whether files open without repair."""

import shutil
import subprocess
from pathlib import Path

_PROGRAMS = Path("/usr/lib/libreoffice/program")
_PARTS = {"docx": "libswlo.so", "xlsx": "libsclo.so"}


def opens(kind):
    """Whether this machine has what opens such files."""
    return shutil.which("soffice") is not None and (_PROGRAMS / _PARTS[kind]).exists()


def as_pdf(content, kind, folder):
    """The file printed by LibreOffice; it fails where LibreOffice would ask to repair the file."""
    file = folder / f"paper.{kind}"
    file.write_bytes(content)
    office = ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, file.name], cwd=folder, check=True, capture_output=True)
    return folder / "paper.pdf"
