"""Register numbers: the next free one, and never the same one twice."""

import threading

import pytest
from django.db import connection

from khuyencong.core import audit
from khuyencong.establishments import actions
from khuyencong.establishments.models import Establishment
from khuyencong.establishments.numbering import next_codes
from tests.factories.establishments import make_establishment


@pytest.mark.django_db
def test_numbers_follow_the_highest_and_leave_others_alone(commune):
    with audit.writing(None):
        assert next_codes(2) == ["CB-00001", "CB-00002"]
    for code in ("CB-00007", "CB-00003", "CB-00010-A", "CB-²", "XX-00099", "CB-99999999999999"):
        make_establishment(commune, code=code)
    with audit.writing(None):
        assert next_codes(1) == ["CB-00008"]


@pytest.mark.django_db
def test_numbers_grow_beyond_five_digits(commune):
    make_establishment(commune, code="CB-99999")
    with audit.writing(None):
        assert next_codes(1) == ["CB-100000"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_writing_there_is_no_number():
    with pytest.raises(RuntimeError):
        next_codes(1)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_different_numbers(officer, commune):
    """Real threads with connections of their own; the registry is empty, so there is no row to wait on."""
    start = threading.Barrier(4)
    failed = []

    def add(number):
        try:
            start.wait()
            for turn in range(3):
                name = f"Cơ sở {number}-{turn}"
                actions.add_establishment(officer, {"name": name, "legal_form": "household", "commune": commune})
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    codes = list(Establishment.objects.order_by("code").values_list("code", flat=True))
    assert codes == [f"CB-{number:05d}" for number in range(1, 13)]
