from django.db import models

from khuyencong.places.models import Unit

# The measures of yearly results that are summed up.
SUMMED = ("revenue", "output_value", "value_added", "workers", "women", "ethnic_minority", "tax_paid", "export_value",
          "profit", "investment")  # fmt: skip


class Kept(models.Model):
    """What is worked out from other tables, by triggers: no backup carries it, no action writes it."""

    derived = True  # core/backup and the audit leave such tables out

    class Meta:
        abstract = True


class EstablishmentStanding(Kept):
    """What lists show of an establishment and sort it by. A year beside a measure: the latest that tells it."""

    for_every_row = True  # no establishment is without one
    establishment = models.OneToOneField(
        "establishments.Establishment", models.DO_NOTHING, primary_key=True, db_constraint=False,
        related_name="standing",
    )  # fmt: skip
    folded_name = models.CharField(max_length=200)
    province = models.ForeignKey(
        Unit, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    commune = models.ForeignKey(Unit, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    active = models.BooleanField()
    no_tax_code = models.BooleanField()
    no_place = models.BooleanField()
    industry_id = models.BigIntegerField(null=True)
    legal_form = models.CharField(max_length=20)
    eligible_group_id = models.BigIntegerField(null=True)
    local_material = models.BooleanField(null=True)
    own_workers = models.IntegerField(null=True)  # as the card tells them; ``workers`` are those of the results
    first_supported = models.SmallIntegerField(null=True)
    under_way = models.BooleanField()  # a project of it may still be accepted
    last_year = models.SmallIntegerField(null=True)
    revenue_year = models.SmallIntegerField(null=True)
    revenue = models.BigIntegerField(null=True)
    workers_year = models.SmallIntegerField(null=True)
    workers = models.IntegerField(null=True)
    export_year = models.SmallIntegerField(null=True)
    export_value = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["province", "folded_name"], name="standing_by_name"),
            models.Index(fields=["province", "establishment"], name="standing_by_number"),
            models.Index(fields=["province", "revenue"], name="standing_by_revenue"),
            models.Index(fields=["province", "first_supported"], name="standing_by_support"),
            models.Index(fields=["province", "industry_id"], name="standing_by_industry"),
            models.Index(fields=["commune", "industry_id"], name="standing_by_commune"),
            # Who could be supported next is judged from this index alone.
            models.Index(
                fields=[
                    "province",
                    "commune",
                    "legal_form",
                    "eligible_group_id",
                    "under_way",
                    "local_material",
                    "own_workers",
                    "workers_year",
                    "workers",
                    "export_year",
                    "export_value",
                    "revenue_year",
                    "revenue",
                    "folded_name",
                    "establishment",
                    "active",  # and what the condition names: SQLite reads the row where one is missing
                    "first_supported",
                ],
                condition=models.Q(active=True, first_supported=None),
                name="standing_never_supported",
            ),
        ]


class Unsearched(Kept):
    """An establishment whose words the index of the search does not know yet, and what it knows of it instead."""

    establishment = models.OneToOneField(
        "establishments.Establishment", models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )
    known = models.BooleanField()  # else it knows nothing of it
    search = models.TextField()
    contact_search = models.TextField()


class OwedResult(Kept):
    """A result that an establishment owes because of a project, of whatever year: past, or still to come."""

    establishment = models.ForeignKey(
        "establishments.Establishment", models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    project_id = models.BigIntegerField(db_index=True)
    year = models.SmallIntegerField()
    commune = models.ForeignKey(Unit, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")

    class Meta:
        # How many a commune owes of a year is counted from the index alone.
        indexes = [models.Index(fields=["year", "commune", "establishment"], name="owed_by_year")]


class RegistryCount(Kept):
    """How many establishments a commune has, by whether they work and were ever supported. Rows add up."""

    commune = models.ForeignKey(Unit, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    active = models.BooleanField()
    supported = models.BooleanField()
    n = models.BigIntegerField()
    no_tax_code = models.BigIntegerField()
    no_industry = models.BigIntegerField()
    no_place = models.BigIntegerField()


class ResultSum(Kept):
    """What the establishments of a commune told of a year. Rows add up.

    ``told_x``: how many told the measure x, so that nothing told is not taken for zero.
    """

    class Support(models.IntegerChoices):
        """Whether the establishments had been supported by the year, were later, or never."""

        NEVER = 0
        LATER = 1
        BY_THEN = 2

    commune = models.ForeignKey(Unit, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    year = models.SmallIntegerField()
    support = models.SmallIntegerField(choices=Support)
    active = models.BooleanField()
    n = models.BigIntegerField()
    revenue = models.BigIntegerField()
    told_revenue = models.BigIntegerField()
    output_value = models.BigIntegerField()
    told_output_value = models.BigIntegerField()
    value_added = models.BigIntegerField()
    told_value_added = models.BigIntegerField()
    workers = models.BigIntegerField()
    told_workers = models.BigIntegerField()
    women = models.BigIntegerField()
    told_women = models.BigIntegerField()
    ethnic_minority = models.BigIntegerField()
    told_ethnic_minority = models.BigIntegerField()
    tax_paid = models.BigIntegerField()
    told_tax_paid = models.BigIntegerField()
    export_value = models.BigIntegerField()
    told_export_value = models.BigIntegerField()
    profit = models.BigIntegerField()
    told_profit = models.BigIntegerField()
    investment = models.BigIntegerField()
    told_investment = models.BigIntegerField()

    class Meta:
        # What the home page tells of each year stands in the index alone.
        indexes = [
            models.Index(
                fields=["year", "commune", "support", "active", "n", "workers", "told_workers"],
                name="result_sum_by_year",
            )
        ]
