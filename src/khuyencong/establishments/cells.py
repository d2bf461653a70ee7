"""What the cells of the registry's list show beside plain text."""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khuyencong.core.money import vnd_short
from khuyencong.core.templatetags.ui import icon
from khuyencong.establishments.models import Establishment


def name(card: Callable[[int], str], one: Establishment) -> SafeString:
    """The name as the way to the card (``card``: the address by key), and what is unusual about it."""
    chip = ""
    if one.status != Establishment.Status.ACTIVE:
        chip = format_html(' <span class="chip">{}</span>', one.get_status_display())
    return format_html(
        '<a href="{}">{}</a>{}<span class="only-phone small muted">{}</span>',
        card(one.pk), one.name, chip, one.commune.name,
    )  # fmt: skip


def industry(one: Establishment) -> SafeString:
    """The industry in two lines."""
    told = _(one.industry.name) if one.industry else ""
    return format_html('<span class="two-lines" title="{}">{}</span>', told, told)


def revenue(one: Establishment) -> SafeString | str:
    """The latest revenue that was told, and its year."""
    if one.latest_revenue is None:
        return ""
    return format_html('{} <span class="muted small">{}</span>', vnd_short(one.latest_revenue), str(one.latest_year))


def supported(one: Establishment) -> SafeString | str:
    """The year in which it was first supported."""
    year = one.first_supported
    return (
        format_html('<span class="chip chip-done">{} {}</span>', icon("check-circle-fill"), str(year)) if year else ""
    )
