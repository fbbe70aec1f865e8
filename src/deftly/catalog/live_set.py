"""A kind's definitions at one moment: what is known of each, and who is live where two clash."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic

from deftly.catalog.kind import Kind, N
from deftly.catalog.snapshot import CatalogProblem
from deftly.store.definition_file import UNKNOWN_STAMP, FileStamp
from deftly.store.heads import Head
from deftly.values import JsonObject


@dataclass(frozen=True, slots=True)
class LiveEntry(Generic[N]):
    """A live definition and the file it lives in.

    Attributes:
        authored: The definition as its author wrote it.
        file: Empty for the one that is there without a file.
        sha256: Of the file's bytes as they are now; empty where they cannot be read.
        stamp: Of the file, from before it was read.
        problem: What is wrong with the file, when an earlier version of it is live.
    """

    noun: N
    authored: JsonObject
    file: str = ""
    sha256: str = ""
    stamp: FileStamp = UNKNOWN_STAMP
    problem: CatalogProblem | None = None


@dataclass(frozen=True, slots=True)
class LiveSet(Generic[N]):
    """All live definitions of a kind at one moment, by name."""

    entries: tuple[LiveEntry[N], ...] = ()
    problems: tuple[CatalogProblem, ...] = ()
    by_name: Mapping[str, LiveEntry[N]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look(Generic[N]):
    """What the files came to.

    Attributes:
        live: Those that have a file.
        out_of_the_box: The one that is there without one.
    """

    live: tuple[LiveEntry[N], ...]
    problems: tuple[CatalogProblem, ...]
    out_of_the_box: LiveEntry[N] | None = None

    def settled(self, kind: Kind[N], heads: Mapping[str, Head]) -> LiveSet[N]:
        """Return the set, with the versions that were recorded."""
        live = [_with_head(one, kind, heads[one.noun.id]) for one in self.live]
        entries = [*live, *([self.out_of_the_box] if self.out_of_the_box else ())]
        ordered = tuple(sorted(entries, key=lambda one: one.noun.name))
        return LiveSet(ordered, self.problems, {one.noun.name: one for one in ordered})


def _with_head(one: LiveEntry[N], kind: Kind[N], head: Head) -> LiveEntry[N]:
    updated_at = max(one.noun.updated_at or "", head.at)
    return replace(one, noun=kind.restamped(one.noun, head.version, updated_at))


def head_of(one: LiveEntry[N], kind: Kind[N]) -> Head:
    """Return what is remembered of a live definition."""
    noun = one.noun
    definition: JsonObject = {
        **one.authored,
        "id": noun.id,
        **kind.kept(noun),
        "createdAt": noun.created_at,
    }
    digest = noun.content_digest
    return Head(noun.id, noun.name, one.file, one.sha256, digest, noun.version, definition)


def is_recorded(one: LiveEntry[N], head: Head | None) -> bool:
    """Tell whether the remembered version is this one."""
    if head is None:
        return False
    if one.problem is not None:
        return True  # it was made from what is remembered
    return (head.file, head.file_sha256, head.content_digest, head.name) == (
        one.file,
        one.sha256,
        one.noun.content_digest,
        one.noun.name,
    )


def settle(
    kind: Kind[N],
    entries: Iterable[LiveEntry[N]],
    heads: Mapping[str, Head],
    out_of_the_box: LiveEntry[N] | None,
) -> tuple[list[LiveEntry[N]], list[CatalogProblem]]:
    """Return who is live where two files claim one value: who had it before."""

    def claim(one: LiveEntry[N]) -> tuple[bool, bool, str]:
        head = heads.get(one.noun.id)
        return (head is None or head.file != one.file, not one.file.endswith(".yaml"), one.file)

    live: list[LiveEntry[N]] = []
    problems: list[CatalogProblem] = []
    taken: dict[tuple[str, str], str] = {}
    if out_of_the_box is not None:
        by = f"the {kind.word} {out_of_the_box.noun.name}"
        taken.update({mine[:2]: by for mine in kind.claims(out_of_the_box.noun)})
    for one in sorted(entries, key=claim):
        claims = kind.claims(one.noun)
        clash = next((mine for mine in claims if mine[:2] in taken), None)
        if clash is None:
            taken.update({mine[:2]: one.file for mine in claims})
            live.append(one)
        else:
            message = f"{clash.field}: {clash.value} is taken by {taken[clash[:2]]}."
            problems.append(CatalogProblem(shown(kind, one.file), None, message, clash.fix))
    return live, problems


def shown(kind: Kind[N], file: str) -> str:
    """Return a file's name as problems tell it: in its folder."""
    return f"{kind.folder}/{file}"
