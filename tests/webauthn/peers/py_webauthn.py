"""Asks webauthn (py_webauthn) about each case of a file, a line of JSON each, and prints a line of JSON for each: whether it
accepts it, and what it read, or why not.

    python3 py_webauthn.py CASES
"""

import base64
import json
import sys

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import CredentialDeviceType


def from_base64url(text):
    """The bytes of a text that this test wrote."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64url(read):
    """The text of these bytes."""
    return base64.urlsafe_b64encode(read).decode().rstrip("=")


def expected(asked):
    """What both ceremonies are asked to require."""
    return {
        "credential": asked["response"],
        "expected_challenge": from_base64url(asked["challenge"]),
        "expected_rp_id": asked["rpId"],
        "expected_origin": asked["origins"],
        "require_user_verification": asked["userVerified"],
    }


def flags(read):
    """The flags that it read."""
    return {
        "userVerified": read.user_verified,
        "backupEligible": read.credential_device_type == CredentialDeviceType.MULTI_DEVICE,
        "backedUp": read.credential_backed_up,
    }


def registration(asked):
    """What it read of an accepted registration."""
    read = verify_registration_response(
        **expected(asked),
        require_user_presence=asked["userPresent"],
        supported_pub_key_algs=[COSEAlgorithmIdentifier(algorithm) for algorithm in asked["algorithms"]],
    )
    return {
        "credentialId": base64url(read.credential_id),
        "publicKey": base64url(read.credential_public_key),
        "aaguid": read.aaguid.replace("-", ""),
        "counter": read.sign_count,
        **flags(read),
    }


def assertion(asked):
    """What it read of an accepted assertion. Its own check of the counter is off: the stored one is 0."""
    read = verify_authentication_response(
        **expected(asked),
        credential_public_key=from_base64url(asked["publicKey"]),
        credential_current_sign_count=0,
    )
    return {"counter": read.new_sign_count, **flags(read)}


def main():
    """One verdict for each case."""
    with open(sys.argv[1], encoding="utf-8") as cases:
        for line in cases:
            asked = json.loads(line)
            try:
                read = registration(asked) if asked["ceremony"] == "registration" else assertion(asked)
                said = {"accepted": True, "read": read}
            except Exception as error:  # it raises more than its own: a KeyError, say, for a key without a member
                said = {"accepted": False, "why": f"{type(error).__name__}: {error}"}
            print(json.dumps({"number": asked["number"], **said}))


main()
