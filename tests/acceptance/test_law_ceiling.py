"""The ceilings that the issue names, exactly, from the command and from the page open to the public."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db

MILLION = 1_000_000
IN_2023 = ["--date", "2023-06-01", "--province", "04"]


def ask(capsys, *arguments):
    call_command("law", "ceiling", *map(str, arguments), "--json")
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("cost", "amount"), [(500, 250), (700, 300), (900, 300)])
def test_machinery(capsys, cost, amount):
    answer = ask(capsys, "--content", "machinery", "--cost", cost * MILLION, *IN_2023)
    assert answer["ceiling"] == amount * MILLION
    assert [step["step"] for step in answer["steps"]] == ["percent", "cap", "lowest"]
    for step in answer["steps"]:
        assert "khoản 4 Điều 8" in step["article"]
        assert "28/2018/TT-BTC" in step["article"]
        assert step["document"] == "28/2018/TT-BTC"
        assert (step["in_force_since"], step["in_force_since_known_to"]) == ("2018-05-11", "day")
        assert step["verified"] is True
    assert answer["verified"] is True
    assert answer["warnings"] == []


def test_machinery_as_a_whole_line(capsys):
    answer = ask(
        capsys, "--content", "machinery", "--cost", 2000 * MILLION, *IN_2023, "--condition", "whole-line"
    )  # fmt: skip
    assert answer["ceiling"] == 450 * MILLION
    (multiplied,) = (step for step in answer["steps"] if step["step"] == "multiplier")
    assert multiplied["amount"] == 450 * MILLION
    assert "1,5" in multiplied["words"]


@pytest.mark.parametrize(("cost", "amount"), [(2000, 600), (5000, 1000)])
def test_the_demonstration_model(capsys, cost, amount):
    answer = ask(capsys, "--content", "demonstration-model", "--cost", cost * MILLION, *IN_2023)
    assert answer["ceiling"] == amount * MILLION
    assert "khoản 2 Điều 8" in answer["steps"][0]["article"]


def test_no_norm_in_2010_is_an_answer_and_not_a_zero(capsys):
    answer = ask(capsys, "--content", "machinery", "--cost", 500 * MILLION, "--date", "2010-01-01", "--province", "04")
    assert answer["ceiling"] is None
    assert answer["reason"] == "no norm in force on that day"
    assert answer["steps"] == []
    assert answer["verified"] is False


def test_rounded_down_to_the_dong(capsys):
    answer = ask(capsys, "--content", "machinery", "--cost", 1_000_001, *IN_2023)
    assert answer["ceiling"] == 500_000


def test_units_and_an_unknown_condition(capsys):
    answer = ask(
        capsys, "--content", "machinery", "--cost", 2000 * MILLION, *IN_2023, "--units", 3, "--condition", "no-such"
    )  # fmt: skip
    assert answer["ceiling"] == 900 * MILLION
    assert any("no-such" in warning for warning in answer["warnings"])


def test_after_the_amendment_of_2024_the_answer_warns(capsys):
    answer = ask(capsys, "--content", "machinery", "--cost", 500 * MILLION, "--date", "2026-01-01", "--province", "04")
    assert answer["ceiling"] == 250 * MILLION
    assert any("64/2024/TT-BTC" in warning for warning in answer["warnings"])


def test_what_a_person_reads(capsys):
    call_command("law", "ceiling", "--content", "machinery", "--cost", "700000000", *IN_2023)
    told = capsys.readouterr().out
    assert "Được hỗ trợ tối đa 300.000.000 ₫." in told
    assert "khoản 4 Điều 8 Thông tư 28/2018/TT-BTC" in told
    call_command("law", "ceiling", "--content", "machinery", "--cost", "700000000", "--date", "2010-01-01")
    assert "không có mức hỗ trợ nào đang có hiệu lực" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--content", "no-such", "--cost", "1"], "khuyencong law contents"),
        (["--content", "machinery", "--cost", "5.5"], "số tiền bằng đồng"),
        (["--content", "machinery", "--cost", "-5"], "số tiền bằng đồng"),
        (["--content", "machinery", "--cost", "1", "--units", "0"], "số nguyên từ 1 đến"),
    ],
)
def test_what_is_not_understood_is_told_in_words(arguments, said):
    with pytest.raises(CommandError, match=said):
        call_command("law", "ceiling", *arguments[:2], f"{arguments[2]}={arguments[3]}", *arguments[4:], *IN_2023)


def test_a_day_is_asked_for_and_must_be_one():
    with pytest.raises(CommandError, match="--date"):
        call_command("law", "ceiling", "--content", "machinery", "--cost", "1")
    with pytest.raises(CommandError, match="--date: đọc được “hôm qua”"):
        call_command("law", "ceiling", "--content", "machinery", "--cost", "1", "--date", "hôm qua")


def test_the_contents_are_listed_with_codes_and_names(capsys):
    call_command("law", "contents", "--json")
    found = {one["code"]: one for one in json.loads(capsys.readouterr().out)}
    assert {"machinery", "demonstration-model", "trademark", "digital-transformation"} <= set(found)
    assert found["machinery"]["name"] == "Ứng dụng máy móc, thiết bị tiên tiến; chuyển giao công nghệ"
    assert all(code.isascii() and code == code.lower() for code in found)
    call_command("law", "contents", "--date", "2020-01-01", "--json")
    assert "digital-transformation" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("content=machinery&cost=500.000.000", "250.000.000 ₫"),
        ("content=machinery&cost=700.000.000", "300.000.000 ₫"),
        ("content=machinery&cost=900.000.000", "300.000.000 ₫"),
        ("content=machinery&cost=2.000.000.000&condition=whole-line", "450.000.000 ₫"),
        ("content=demonstration-model&cost=2.000.000.000", "600.000.000 ₫"),
        ("content=demonstration-model&cost=5.000.000.000", "1.000.000.000 ₫"),
    ],
)
def test_the_public_page_says_the_same(client, question, amount):
    page = client.get(f"/ceiling/?{question}&date=2023-06-01")
    assert f'<p class="amount">{amount}</p>' in page.content.decode()


def test_the_public_page_says_that_there_is_none(client):
    page = client.get("/ceiling/?content=machinery&cost=500.000.000&date=2010-01-01").content.decode()
    assert 'class="amount' not in page
    assert "Có mức hỗ trợ từ 08/04/2014 đến hết 10/05/2018." in page
    assert "Có mức hỗ trợ từ 11/05/2018." in page
