"""The small pieces every page is made of. Each is shown on /kit/."""

import secrets
from typing import Any

from django import template
from django.forms import BoundField, RadioSelect
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khuyencong.core import drafts, money
from khuyencong.core.listing.pages import Count

register = template.Library()

# Where in a list one is; "page" stands in addresses saved before pages were cut after the last row seen.
_TURNING = ("page", "after", "before")

register.filter("vnd", money.vnd)
register.filter("vnd_short", money.vnd_short)


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """A number in the local form (1.234,5); nothing for a missing one."""
    if value is None or value == "":
        return ""
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


@register.filter
def counted(count: Count) -> str:
    """How many, or more than how many where nobody counted on."""
    return _("hơn %(n)s") % {"n": number(count.n)} if count.more else number(count.n)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it is read aloud, without it is decoration."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"/></svg>', spoken, static("vendor/icons/sprite.svg"), name
    )


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The address bar's query with some keys changed; None removes a key. Always goes back to the first page."""
    params = context["request"].GET.copy()
    for name in [name for name in params if name.partition(".")[0] in _TURNING]:
        del params[name]
    for key, value in changes.items():
        params.pop(key, None)
        if value not in (None, ""):
            params[key] = str(value)
    return "?" + params.urlencode()


@register.simple_tag(takes_context=True)
def turn(context: template.Context, mark: str, way: str, turning: str = "") -> str:
    """The address bar's query that leads to the page ``after`` or ``before`` a mark; other lists stay on theirs."""
    params = context["request"].GET.copy()
    for name in ("page", f"after{turning}", f"before{turning}"):
        params.pop(name, None)
    params[f"{way}{turning}"] = mark
    return "?" + params.urlencode()


@register.simple_tag(takes_context=True)
def remove_filter(context: template.Context, name: str) -> str:
    """The address bar's query without one filter."""
    return query(context, **{name: None})


@register.simple_tag(takes_context=True)
def version_field(context: template.Context) -> SafeString:
    """The version in which the record was opened (``changed_meanwhile.Opened``); nothing for a new record."""
    opened = context.get("opened")
    if opened is None:
        return SafeString("")
    return format_html('<input type="hidden" name="version" value="{}">', opened.version)


@register.simple_tag
def beside(address: str, part: str) -> SafeString:
    """For a form that stands beside another: it is sent alone and only its part of the page comes anew.

    What is being typed in the other form stays. Without script the page comes anew whole, and drafts keep what was
    typed. ``part``: the id of an element that holds the form.
    """
    return format_html(
        'hx-post="{}" hx-encoding="multipart/form-data" hx-target="#{part}" hx-select="#{part}" hx-swap="outerHTML"'
        ' hx-select-oob="#messages" hx-disabled-elt="find button"',
        address,
        part=part,
    )


@register.inclusion_tag("core/field.html")
def field(bound: BoundField, **extra: Any) -> dict[str, Any]:
    """One form field: label, control, help, error beside it."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "select" if "Select" in type(widget).__name__ else "text")
    if isinstance(widget, RadioSelect):  # and so CheckboxSelectMultiple
        kind = "group"
    css = {"checkbox": "form-check-input", "group": "form-check-input", "select": "form-select"}
    widget.attrs["class"] = css.get(kind, "form-control") + (" is-invalid" if bound.errors else "")
    if kind != "group" and (bound.errors or bound.help_text):
        widget.attrs["aria-describedby"] = f"{bound.auto_id}-note"
    return {"bound": bound, "kind": kind, **extra}


@register.simple_tag
def draft_token() -> str:
    """A name of its own for each opening of a form, by which a late message of it is known."""
    return secrets.token_hex(8)


@register.simple_tag(takes_context=True)
def just_saved(context: template.Context) -> SafeString:
    """Tells the browser, once, whose drafts are no longer needed."""
    keys = drafts.just_saved(context["request"]) if "request" in context else []
    return format_html(' data-drafts-saved="{}"', " ".join(keys)) if keys else SafeString("")


@register.inclusion_tag("core/source_mark.html")
def source_mark(origin: str, verified: bool) -> dict[str, Any]:
    """The small mark beside a figure: where it comes from, and whether a person has checked that."""
    return {"origin": origin, "verified": verified}
