"""A passphrase in the format of age that takes a moment to try, in the place of a second."""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b64encode

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_WORK = 10
"""The binary logarithm of scrypt's N; age itself takes some eighteen."""


def close_quickly(content: bytes, passphrase: str) -> bytes:
    """Return ``content``, less than 64 kB of it, closed as age does (C2SP, age v1).

    Age opens it as any other. Only how long one try of a passphrase takes is another.
    """
    file_key, salt, nonce = (os.urandom(16) for _ in range(3))
    wrapping = hashlib.scrypt(
        passphrase.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=2**_WORK,
        r=8,
        p=1,
        dklen=32,
    )
    wrapped = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    header = (
        f"age-encryption.org/v1\n-> scrypt {_base64(salt)} {_WORK}\n{_base64(wrapped)}\n---"
    ).encode()
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    payload = _derived(file_key, nonce, b"payload")
    body = ChaCha20Poly1305(payload).encrypt(bytes(11) + b"\x01", content, None)
    return header + f" {_base64(mac)}\n".encode() + nonce + body


def _base64(content: bytes) -> str:
    return b64encode(content).decode().rstrip("=")


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """Return 32 bytes by HKDF with SHA-256 (RFC 5869)."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, purpose + b"\x01", "sha256")
