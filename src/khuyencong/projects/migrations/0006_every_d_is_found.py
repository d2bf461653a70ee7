from django.db import migrations
from django.db.models import Q

from khuyencong.core.text import fold
from khuyencong.law.documents.rules.searching import indexed

_LETTERS = "ðÐɖƉ"  # they look like đ and Đ; until now they were no letters to a search


def _with_such_a_letter(*names):
    found = Q()
    for name in names:
        for letter in _LETTERS:
            found |= Q(**{f"{name}__contains": letter})
    return found


def establishments(apps, schema_editor):
    model = apps.get_model("establishments", "Establishment")
    for one in model.objects.filter(_with_such_a_letter("name", "products", "owner_name")).iterator():
        one.folded_name = fold(one.name)[:200]
        one.search = fold(" ".join([one.name, one.code, one.tax_code, one.products]))
        one.contact_search = fold(f"{one.owner_name} {one.phone}")
        one.save(update_fields=["folded_name", "search", "contact_search"])


def projects(apps, schema_editor):
    model = apps.get_model("projects", "Project")
    for one in model.objects.filter(_with_such_a_letter("title")).iterator():
        one.search = fold(f"{one.code} {one.title}")
        one.save(update_fields=["search"])


def documents(apps, schema_editor):
    model = apps.get_model("law", "Edition")
    kinds = dict(model._meta.get_field("kind").flatchoices)
    names = "document__number", "number", "title", "issuer", "tags", "text", "provisions__heading", "provisions__text"
    keys = set(model.objects.filter(_with_such_a_letter(*names)).values_list("pk", flat=True))
    for one in model.objects.filter(pk__in=keys).select_related("document").iterator():
        number, kind = one.number or one.document.number, kinds[one.kind]
        head = [number, f"{kind} số {number}" if number else kind, one.title, one.issuer, one.tags]
        body = [one.text, *(f"{heading} {text}" for heading, text in one.provisions.values_list("heading", "text"))]
        one.search_head, one.search_text = indexed(" ".join(head)), indexed(" ".join(body))
        one.save(update_fields=["search_head", "search_text"])


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_support_by_year"),
        ("establishments", "0004_contact_search"),
        ("law", "0005_the_one_clock"),
    ]

    operations = [migrations.RunPython(one, migrations.RunPython.noop) for one in (establishments, projects, documents)]
