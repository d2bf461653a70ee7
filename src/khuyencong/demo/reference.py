"""Every room's reference data, in the order of the floors."""

from importlib import import_module

from khuyencong.places import actions as places


def load_everything() -> None:
    """Bring the reference data up to what this version carries; does nothing where it already is."""
    places.load()
    for room in ("establishments", "projects"):  # being built
        try:
            module = import_module(f"khuyencong.{room}.reference")
        except ModuleNotFoundError:
            continue
        module.load()
