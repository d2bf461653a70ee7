"""Pages that swap a part of themselves: whoever acts on them goes on when the part is in place."""

from contextlib import contextmanager


@contextmanager
def swapped(page):
    """What is done inside makes htmx swap something; at the end it has settled and nothing more is on its way."""
    page.evaluate(
        "() => { window.settled = false;"
        " document.addEventListener('htmx:afterSettle', () => { window.settled = true; }, {once: true}); }"
    )
    yield
    page.wait_for_function("() => window.settled && !document.querySelector('.htmx-request')")
