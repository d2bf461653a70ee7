"""The product's way to keep passwords, without the work that makes guessing slow: every test makes an account."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """PBKDF2 with one turn."""

    iterations = 1
