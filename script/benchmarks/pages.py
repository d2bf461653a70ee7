"""What pages cost as the registry grows: CPU time at 1,650 establishments and at many, beside a page that is empty.

CPU time, not the clock on the wall: a busy machine says the same. Each size is measured in a process of its own, on
SQLite, as an officer of the province sees it; each page once to warm up, then the median of some looks.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from registry import BASE, made

PAGES = {
    "empty": "/account/password/",
    "list": "/establishments/",
    "search": "/establishments/?q=mi%E1%BA%BFn+dong",
    "search_rare": "/establishments/?q=CB-00777",
    "card": "/establishments/777/",
    "home": "/home/",
    "work": "/work/",
    "work_anew": "/work/",
    "national_search": "/search/?q=mi%E1%BA%BFn+dong",
    "reports": "/reports/",
    "next": "/reports/next/",
}
# The most that a page may cost at the large size: times its cost at the small one, and times the empty page.
LIMITS = dict.fromkeys(
    ("list", "search", "search_rare", "card", "home", "work", "work_anew", "national_search"), (1.5, 4.0)
)
LIMITS |= {"reports": (3.0, None), "next": (3.0, None)}


def measure(looks: int, only: list[str]) -> None:
    """Print the CPU seconds of each page, and its status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "khuyencong.config.settings"
    os.environ["KHUYENCONG_HOSTS"] = "testserver"
    import django

    django.setup()
    from django.core.cache import cache
    from django.test import Client

    from khuyencong.people.models import User

    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="can.bo"))
    found = {}
    for name in ["empty", *(only or [one for one in PAGES if one != "empty"])]:
        status = client.get(PAGES[name]).status_code
        spent = []
        for _look in range(looks):
            if name == "work_anew":  # as the first to look after somebody wrote
                cache.clear()
            started = time.process_time()
            client.get(PAGES[name])
            spent.append(time.process_time() - started)
        found[name] = {"seconds": round(statistics.median(spent), 4), "status": status}
        print(f"{name}: {found[name]}", file=sys.stderr)
    print(json.dumps(found))


def main() -> None:
    """Make what is missing, measure both sizes, tell the ratios."""
    parser = argparse.ArgumentParser(prog="script/bench pages")
    parser.add_argument("--establishments", type=int, default=300_000)
    parser.add_argument("--looks", type=int, default=5)
    parser.add_argument("--page", action="append", choices=[one for one in PAGES if one != "empty"], default=[])
    parser.add_argument("--folder", type=Path, default=Path("var/bench"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.looks, options.page)
        return
    started = time.monotonic()
    folder = options.folder.resolve()
    places = {"small": made(folder, BASE), "large": made(folder, options.establishments)}
    result = {
        "establishments": options.establishments,
        "made_seconds": round(time.monotonic() - started, 1),
        "pages": {},
    }
    sides = {side: _side(place, options) for side, place in places.items()}
    for name in sides["small"]:
        small, large = sides["small"][name], sides["large"][name]
        times, to_empty = large["seconds"] / small["seconds"], large["seconds"] / sides["large"]["empty"]["seconds"]
        most, most_to_empty = LIMITS.get(name, (None, None))
        kept = (not most or times <= most) and (not most_to_empty or to_empty <= most_to_empty)
        result["pages"][name] = {
            "small": small["seconds"], "large": large["seconds"], "ratio": round(times, 2),
            "ratio_to_empty": round(to_empty, 2), "limits": [most, most_to_empty],
            "within": kept and large["status"] == 200, "status": large["status"],
        }  # fmt: skip
    if options.json:
        print(json.dumps(result, indent=2))
        return
    print(f"{'page':16} {BASE:>9} {options.establishments:>9}  times  to empty")
    for name, one in result["pages"].items():
        told = "" if one["within"] else f"  above {one['limits']}, status {one['status']}"
        print(f"{name:16} {one['small']:9.3f} {one['large']:9.3f} {one['ratio']:6} {one['ratio_to_empty']:9}{told}")


def _side(place: Path, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    pages = [part for name in options.page for part in ("--page", name)]
    command = [sys.executable, __file__, "--measure", "--looks", str(options.looks), *pages]
    done = subprocess.run(command, env=os.environ | {"KHUYENCONG_DATA_DIR": str(place)}, stdout=subprocess.PIPE,
                          text=True, check=True)  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
