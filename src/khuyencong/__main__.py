"""``khuyencong``: every command of the product under one name."""

import os
import sys


def main() -> None:
    """Run a management command with the product's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuyencong.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["khuyencong", *sys.argv[1:]])


if __name__ == "__main__":
    main()
