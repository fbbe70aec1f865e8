"""The cipher secrets are kept under, and the file its key lies in.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; the associated data says whose
value it is, so that rows cannot be exchanged for one another.
"""

import base64
import binascii
import os
import stat
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deftly.errors import InvalidSettings

KEY_BYTES: Final = 32
_HEX_DIGITS: Final = 2 * KEY_BYTES
_NONCE_BYTES: Final = 12
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class WrongKeyError(Exception):
    """The text was sealed with another key or for something else, or it was changed since."""


class Vault:
    """Seals and opens texts; the key is never told again."""

    def __init__(self, key: bytes) -> None:
        """Use a key of 32 bytes."""
        self._cipher = AESGCM(key)

    def seal(self, text: str, *, context: bytes) -> bytes:
        """Return nonce and ciphertext; only the same ``context`` opens them."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), context)

    def open(self, sealed: bytes, *, context: bytes) -> str:
        """Return the text.

        Raises:
            WrongKeyError: Key, context or bytes are not those of ``seal``.
        """
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
        except (InvalidTag, ValueError) as fault:
            raise WrongKeyError from fault
        return plain.decode()


def decode_key(text: str) -> bytes:
    """Return the key that a setting spells, as hexadecimal or base64 (either alphabet).

    Raises:
        InvalidSettings: It does not spell 32 bytes.
    """
    spelled = text.strip()
    try:
        if len(spelled) == _HEX_DIGITS:
            return bytes.fromhex(spelled)
        padded = spelled.rstrip("=").replace("-", "+").replace("_", "/")
        key = base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        message = (
            "DEFTLY_KEY must be 32 bytes, as 64 hexadecimal digits or as base64; "
            "`openssl rand -hex 32` makes one."
        )
        raise InvalidSettings(message)
    return key


def read_or_make_key(path: Path) -> bytes:
    """Return the key in the file, making the file first where it is missing.

    Of several processes that start at once, one makes it and all get the same.

    Raises:
        InvalidSettings: Others may read the file, it holds no key, or it cannot be read.
    """
    try:
        if not path.exists():
            _make(path)
        mode, text = _read(path)
    except (OSError, UnicodeDecodeError) as fault:
        message = f"{path} cannot be read or made; make its folder readable and writable."
        raise InvalidSettings(message, internal=str(fault)) from fault
    if mode & _OTHERS:
        message = f"{path} can be read by others; run `chmod 600 {path}`."
        raise InvalidSettings(message)
    try:
        return decode_key(text)
    except InvalidSettings:
        message = (
            f"{path} does not hold a key (64 hexadecimal digits); put back the file the "
            "secrets were stored with, or remove it and store them again."
        )
        raise InvalidSettings(message) from None


def _make(path: Path) -> None:
    # Complete before it has its name: nobody can read half a key, and link() never replaces.
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(KEY_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return  # another process was first: its key holds
    finally:
        draft.unlink()


def _read(path: Path) -> tuple[int, str]:
    with path.open(encoding="ascii") as file:
        return os.fstat(file.fileno()).st_mode, file.read(4096)
