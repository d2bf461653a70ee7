"""Pages that swap a part of themselves: whoever acts on them goes on when the part is in place."""

from contextlib import contextmanager

from tests.e2e.conftest import PATIENCE

PAUSE = 20  # ms


@contextmanager
def swapped(page):
    """What is done inside makes htmx swap something; at the end it has settled and nothing more is on its way."""
    page.evaluate(
        "() => { window.settled = false;"
        " document.addEventListener('htmx:afterSettle', () => { window.settled = true; }, {once: true}); }"
    )
    yield
    until(page, "window.settled && !document.querySelector('.htmx-request')")


def until(page, holds):
    """Wait until this expression holds. (Playwright's own waiting evaluates text, which our CSP forbids.)"""
    for _look in range(PATIENCE // PAUSE):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(PAUSE)
    raise TimeoutError(holds)
