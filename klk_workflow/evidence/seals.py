"""Seals: Ed25519 signatures that anybody can check and only the holder of the key can make.

The key is optional and comes from the environment, not from the database: whoever can rewrite every
row, and so recompute a chain, still cannot seal it. HMAC would do that too, but only the holder of
the secret could check it; here the public key is enough.
"""

import base64
from collections.abc import Iterable
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def new_key() -> str:
    """A fresh private key in Base64, for the setting KLK_SIGNING_KEY."""
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def public_key() -> str:
    """The public half of this machine's key in hex, or empty if it has none."""
    private = _private(settings.KLK_SIGNING_KEY)
    return private.public_key().public_bytes_raw().hex() if private else ""


def trusted_keys() -> tuple[str, ...]:
    """The public keys whose seals count here: this machine's, and those named in the settings."""
    return tuple(key for key in (public_key(), *settings.KLK_PUBLIC_KEYS) if key)


def seal(text: str) -> str:
    """The signature over this text in hex, or empty without a key."""
    private = _private(settings.KLK_SIGNING_KEY)
    return private.sign(text.encode()).hex() if private else ""


def holds(text: str, signature: str, keys: Iterable[str]) -> bool:
    """Whether one of these public keys made the signature over this text."""
    return any(_made(key, text, signature) for key in keys)


def _made(key: str, text: str, signature: str) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4)
def _private(key: str) -> Ed25519PrivateKey | None:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(key)) if key else None
