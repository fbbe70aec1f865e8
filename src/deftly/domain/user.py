"""People who sign in by themselves: what is known of them, and what their fields may hold."""

import unicodedata
from typing import Final

from deftly.domain.access import Role
from deftly.domain.model import Model
from deftly.errors import InvalidRequest, Problem

# RFC 5321, 4.5.3.1: 64 octets before the @, and a path of 256 with its brackets.
_EMAIL_OCTETS_MAX: Final = 254
_LOCAL_OCTETS_MAX: Final = 64
_NAME_CHARACTERS_MAX: Final = 100
# Between the 8 of NIST SP 800-63B-3 and the 15 that its fourth revision asks of a password that
# stands alone; attempts are limited. The upper bound only keeps the work small.
PASSWORD_CHARACTERS_MIN: Final = 12
PASSWORD_CHARACTERS_MAX: Final = 200
_DIFFERENT_CHARACTERS_MIN: Final = 5


class User(Model):
    """A person as they are listed: never their password, nor an invitation's token.

    Attributes:
        email: In its normal form; unique.
        has_password: Whether they can sign in, unless they are disabled.
        invited_until: When the link that was made last stops working.
        signed_in_at: When they last gave their password.
    """

    id: str
    email: str
    name: str
    role: Role
    disabled: bool
    has_password: bool
    created_at: str
    invited_until: str | None = None
    signed_in_at: str | None = None

    @property
    def can_sign_in(self) -> bool:
        """Whether they can sign in now."""
        return self.has_password and not self.disabled


def normal_email(given: str) -> str:
    """Return the one spelling under which an address is stored and looked up.

    Raises:
        InvalidRequest: It is no address.
    """
    email = unicodedata.normalize("NFKC", given).strip().casefold()
    local, at, domain = email.rpartition("@")
    known = at and local and domain and "@" not in local
    if not known or any(map(_is_odd, email)) or domain.strip(".") != domain:
        _refuse("email", "email must be an address such as ada@example.com.")
    if len(email.encode()) > _EMAIL_OCTETS_MAX or len(local.encode()) > _LOCAL_OCTETS_MAX:
        _refuse("email", "email is longer than an address can be; check it.")
    return email


def _is_odd(character: str) -> bool:
    """Tell whether it is a blank, a control character, or one nobody sees."""
    return unicodedata.category(character)[0] in "CZ"


def checked_name(given: str) -> str:
    """Return a name to show.

    Raises:
        InvalidRequest: It is blank, too long, or holds control characters.
    """
    name = given.strip()
    if not 0 < len(name) <= _NAME_CHARACTERS_MAX or any(
        unicodedata.category(one)[0] == "C" for one in name
    ):
        _refuse("name", "name must be a text of 1 to 100 characters on one line.")
    return name


def checked_password(given: str, email: str) -> str:
    """Return a password in the form that is digested.

    Raises:
        InvalidRequest: It is too short, too long, or too easily guessed.
    """
    password = normal_password(given)
    if len(password) < PASSWORD_CHARACTERS_MIN:
        _refuse(
            "password",
            f"password must have at least {PASSWORD_CHARACTERS_MIN} characters; "
            "a few words in a row do.",
        )
    if len(password) > PASSWORD_CHARACTERS_MAX:
        _refuse("password", f"password must have at most {PASSWORD_CHARACTERS_MAX} characters.")
    if len(set(password)) < _DIFFERENT_CHARACTERS_MIN:
        _refuse("password", "password repeats too few characters; mix in others.")
    if password.casefold() == email:
        _refuse("password", "password must not be the e-mail address.")
    return password


def normal_password(given: str) -> str:
    """Return the one form in which a password is digested, however its accents were typed."""
    return unicodedata.normalize("NFKC", given)


def _refuse(field: str, message: str) -> None:
    raise InvalidRequest(message, details=[Problem(field, message)])
