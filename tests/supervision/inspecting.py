"""What an inspector does, for tests."""

import datetime as dt

from khuyencong.supervision import actions
from khuyencong.supervision.models import ChecklistItem

DAY = dt.date(2026, 3, 10)  # a day that is past
FAR = dt.date(2099, 12, 31)  # a day that has not come
PLACE = (22.84, 106.5)
WRONG = {"severity": "serious", "text": "Máy khác hóa đơn", "remedy": "Đổi máy", "deadline": FAR, "to_recover": None}


def all_answered(value="yes", note=""):
    """The same answer to every question."""
    return {one.code: (value, note) for one in ChecklistItem.objects.filter(valid_to=None)}


def answer(user, visit, answers=None, conclusion="Đúng mục đích.", place=PLACE):
    """Keep what was seen; unless said otherwise everything is as it should be."""
    return actions.save_answers(user, visit.pk, all_answered() if answers is None else answers, conclusion, place)


def find(user, visit, **values):
    """Record something wrong."""
    return actions.add_finding(user, visit.pk, WRONG | values)
