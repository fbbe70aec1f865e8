"""What sets the kinds of definitions apart that live in a folder of files: agents and widgets."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, NamedTuple, Protocol, TypeVar

from deftly.values import JsonObject, JsonValue


class Noun(Protocol):
    """A definition that can be used, as all kinds have it in common."""

    @property
    def id(self) -> str:
        """A UUID."""
        ...

    @property
    def name(self) -> str:
        """What its file is named after."""
        ...

    @property
    def version(self) -> int:
        """Grows by one with every stored change."""
        ...

    @property
    def created_at(self) -> str | None:
        """None where nothing was ever stored."""
        ...

    @property
    def updated_at(self) -> str | None:
        """None where nothing was ever stored."""
        ...

    @property
    def content_digest(self) -> str:
        """SHA-256 of all its author can change."""
        ...


N = TypeVar("N", bound=Noun)


class Identity(NamedTuple):
    """What the server decides about every definition."""

    id: str
    name: str
    version: int = 1
    created_at: str | None = None
    updated_at: str | None = None


class Claim(NamedTuple):
    """A value that one definition of a kind may have.

    Attributes:
        fix: What to do where two files have it.
    """

    field: str
    value: str
    fix: str


class Kind(ABC, Generic[N]):
    """How the files of one folder are read and written.

    Attributes:
        word: What one of them is called; the folder is called the same, in the plural.
        article: The word as a sentence begins with it.
        example: A name one may have.
        out_of_the_box: The name of the one that is there without a file.
    """

    word: ClassVar[str]
    article: ClassVar[str]
    example: ClassVar[str]
    out_of_the_box: ClassVar[str | None] = None

    @property
    def folder(self) -> str:
        """Its folder, and the command that lists them."""
        return f"{self.word}s"

    @abstractmethod
    def name_fault(self, name: str) -> str | None:
        """Return what is wrong with a name as the end of a sentence, or None."""

    @abstractmethod
    def id_of_name(self, name: str) -> str:
        """Return the id of a hand-written definition that has none."""

    @abstractmethod
    def parse(self, authored: JsonObject, identity: Identity, known: JsonObject) -> N:
        """Return what an authored definition describes.

        Args:
            authored: As it is written; what the server decides is taken from elsewhere.
            identity: What the server decides.
            known: What ``kept`` gave for its last version; empty for a new one.

        Raises:
            InvalidDefinition: Lists every problem found, each with its path and what to do.
        """

    @abstractmethod
    def restamped(self, noun: N, version: int, updated_at: str) -> N:
        """Return it with another version and time."""

    def kept(self, noun: N) -> JsonObject:
        """Return what must outlive a file that leaves it out, besides id and times."""
        del noun
        return {}

    def claims(self, noun: N) -> Sequence[Claim]:
        """Return what no other file may have."""
        return (
            Claim("name", noun.name, "Rename or remove one of the two files."),
            Claim("id", noun.id, "Remove the id line from the newer file."),
        )

    @abstractmethod
    def authored(self, given: Mapping[str, JsonValue]) -> JsonObject:
        """Return what an author decides of what was given."""

    @abstractmethod
    def edited(self, authored: JsonObject, patch: Mapping[str, JsonValue]) -> JsonObject:
        """Return the authored definition after a partial edit.

        Raises:
            InvalidDefinition: The edit would give it another name.
        """

    @abstractmethod
    def stamped(self, authored: JsonObject, noun: N) -> JsonObject:
        """Return the authored definition with the server's own fields, as its file says it."""
