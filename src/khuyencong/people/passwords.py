"""Passwords that anybody here would try first."""

import re
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khuyencong.core.text import fold, strip_marks
from khuyencong.places.models import Unit

_WORDS = (
    "password", "passwd", "pass", "matkhau", "mk", "admin", "administrator", "quantri", "user", "canbo", "lanhdao",
    "khuyencong", "congthuong", "so", "soct", "sct", "ubnd", "trungtam", "tinh", "tp", "thanhpho", "huyen", "xa",
    "vietnam", "vn", "qwerty", "asdfgh", "zxcvbn", "abc", "abcd", "iloveyou", "anhyeuem", "emyeuanh", "welcome",
    "letmein", "test", "demo",
)  # fmt: skip
_LOOKALIKES = str.maketrans("@4031!$57", "aaoeiisst")


class NotEasilyGuessed:
    """Refuses common words and the names of provinces, however marked, spelt with signs, or followed by a year."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError."""
        if _is_guessed(password):
            raise ValidationError(
                _("Mật khẩu này dễ đoán: từ hay dùng hoặc tên tỉnh kèm số. Hãy dùng một câu ngắn của riêng bạn."),
                code="easily_guessed",
            )

    def get_help_text(self) -> str:
        """What is asked, beside the field."""
        return _("Không dùng từ hay gặp hoặc tên tỉnh kèm năm.")


def _is_guessed(password: str) -> bool:
    """
    >>> [_is_guessed(one) for one in ("P@ssw0rd123", "Mật khẩu 2026!", "quả thông rơi trên mái")]
    [True, True, False]
    """
    # Numbers and signs behind or before a word are what everybody adds; inside it they stand for letters.
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", re.sub(r"\s", "", strip_marks(password).casefold()))
    spelt = re.sub(r"[\W\d_]", "", core.translate(_LOOKALIKES))
    bare = re.sub(r"[\W\d_]", "", core)
    return len(core) < 4 or any(_guesses().fullmatch(one) for one in (spelt, bare))


def _guesses() -> re.Pattern[str]:
    names = Unit.objects.filter(kind=Unit.Kind.PROVINCE).values_list("short_name", flat=True)
    return _pattern(frozenset(fold(name).replace(" ", "").replace("-", "") for name in names))


@cache
def _pattern(provinces: frozenset[str]) -> re.Pattern[str]:
    known = sorted({*_WORDS, *provinces} - {""}, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, known))})+")
