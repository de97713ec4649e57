"""Makes hashes with the programs that are installed, in each of their ways, and prints a line of JSON for each: which
program made it, of which password, and the hash.

    python3 make.py

It uses Werkzeug, Django, passlib, bcrypt and argon2-cffi, today's versions or old ones: requirements.txt and
requirements-old.txt have them. What is not installed is left out.
"""

import json
import warnings
from importlib.metadata import PackageNotFoundError, version

# What people may type: with letters beyond ASCII, with what separates the parts of a hash, and long.
PASSWORDS = [
    "correct horse battery",
    "Pässwörd – 密码 ✓",
    " $2b$12$ sha256:1000,p=1 ",
    "0123456789" * 7 + "72",
    "a long one, " * 20,
]
# bcrypt reads 72 bytes. Versions of today refuse more.
LONGEST_OF_BCRYPT = 72


def with_version(package):
    """The program's name and version. None if it is not installed."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return None


def by_werkzeug(password):
    """By Werkzeug, which Flask apps use: scrypt since 2.3, the plain methods before 3."""
    from werkzeug.security import generate_password_hash

    methods = ["pbkdf2:sha256", "pbkdf2:sha512:20000", "pbkdf2:sha1:20000", "scrypt", "scrypt:16384:8:2", "sha256"]
    for method in methods:
        try:
            yield method, generate_password_hash(password, method)
        except (TypeError, ValueError):
            # This version does not know it.
            continue


def by_django(password):
    """By Django, with each of its hashers that needs no other library than those of the requirements."""
    from django.conf import settings
    from django.contrib.auth import hashers

    names = ["PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "Scrypt"]
    classes = [f"{name}PasswordHasher" for name in names]
    classes = [name for name in classes if hasattr(hashers, name)]
    if not settings.configured:
        settings.configure(PASSWORD_HASHERS=[f"django.contrib.auth.hashers.{name}" for name in classes])
    for hasher in hashers.get_hashers():
        if hasher.algorithm == "bcrypt" and len(password.encode()) > LONGEST_OF_BCRYPT:
            continue
        yield hasher.algorithm, hashers.make_password(password, hasher=hasher.algorithm)


def by_passlib(password):
    """By passlib, whose forms Zitadel and others have taken over."""
    from passlib.hash import pbkdf2_sha256, pbkdf2_sha512, scrypt

    yield "pbkdf2_sha256", pbkdf2_sha256.hash(password)
    yield "pbkdf2_sha512", pbkdf2_sha512.hash(password)
    yield "scrypt", scrypt.using(rounds=14).hash(password)


def by_bcrypt(password):
    """By bcrypt itself, in the two versions that it writes, and as PHP writes the same hash."""
    import bcrypt

    if len(password.encode()) > LONGEST_OF_BCRYPT:
        return
    for prefix in [b"2b", b"2a"]:
        made = bcrypt.hashpw(password.encode(), bcrypt.gensalt(8, prefix)).decode()
        yield f"${prefix.decode()}$", made
        yield "$2y$, as PHP writes it", made.replace(f"${prefix.decode()}$", "$2y$", 1)


def by_argon2(password):
    """By argon2-cffi."""
    from argon2 import PasswordHasher

    yield "argon2id", PasswordHasher().hash(password)
    yield "argon2id with other parameters", PasswordHasher(3, 8192, 1, 16, 16).hash(password)


def main():
    # Old versions warn of what they will do no more.
    warnings.simplefilter("ignore")
    programs = {
        "Werkzeug": by_werkzeug,
        "Django": by_django,
        "passlib": by_passlib,
        "bcrypt": by_bcrypt,
        "argon2-cffi": by_argon2,
    }
    for package, make in programs.items():
        program = with_version(package)
        if program is None:
            continue
        for password in PASSWORDS:
            for way, made in make(password):
                line = {"program": program, "way": way, "password": password, "hash": made}
                print(json.dumps(line))


if __name__ == "__main__":
    main()
