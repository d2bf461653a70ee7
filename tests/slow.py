"""Nothing slow happens while somebody writes: no Word file or workbook, no foreign file read, no mail.

Over every action of the whole suite: Word files and workbooks are archives, foreign files are read in a process of
their own, and a mail leaves through one door. Whoever opens one of the three inside `audit.writing()` is stopped.
"""

import functools
import subprocess
import zipfile

from django.core.mail import EmailMessage

from khuyencong.core import audit


def watch() -> None:
    """From now on."""
    _keep_out(zipfile.ZipFile, "__init__", "a Word file or workbook is opened")
    _keep_out(subprocess.Popen, "__init__", "a process is started")
    _keep_out(EmailMessage, "send", "a mail is sent")


def _keep_out(owner, name, what):
    plain = getattr(owner, name)

    @functools.wraps(plain)
    def checked(*given, **named):
        if audit.is_writing():
            raise AssertionError(f"{what} inside audit.writing()")
        return plain(*given, **named)

    setattr(owner, name, checked)
