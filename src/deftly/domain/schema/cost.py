"""What checking a value may cost: schemas whose references multiply are refused when saved.

Twenty definitions that each name the next one twice ask for a million checks of one value,
and a validator that collects their messages runs out of memory. Recursion is fine as long as
each step down leads to a few places.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Final

from deftly.domain.schema.tree import Child, Location, Reach, SchemaTree, children, references
from deftly.values import JsonObject

CHECKS_PER_VALUE_LIMIT: Final = 2_000
CHECKS_PER_BRANCH_LIMIT: Final = 20_000
_CHAIN_LIMIT: Final = 200


class TooCostlyError(ValueError):
    """The schema at ``place`` asks for too many checks, or never comes to an end."""

    def __init__(self, place: Location, reason: str) -> None:
        """Keep the place apart from the reason."""
        super().__init__(reason)
        self.place = place


@dataclass(slots=True)
class _Entry:
    """The checks one value goes through from one schema, and those of the values inside it."""

    checks: int
    members: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    elements: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    any_member: Counter[int] = field(default_factory=Counter)
    any_element: Counter[int] = field(default_factory=Counter)

    def add(self, child: Child, times: int) -> None:
        """Count a subschema for the values inside."""
        match child.reach, child.key:
            case Reach.MEMBER, str(name):
                self.members[name][id(child.schema)] += times
            case Reach.ELEMENT, int(index):
                self.elements[index][id(child.schema)] += times
            case Reach.ANY_MEMBER, _:
                self.any_member[id(child.schema)] += times
            case Reach.ANY_ELEMENT, _:
                self.any_element[id(child.schema)] += times
            case _:
                pass

    def ways_down(self) -> list[Counter[int]]:
        """Return, for each kind of value inside, the schemas it is checked against."""
        return [
            self.any_member,
            self.any_element,
            *(own + self.any_member for own in self.members.values()),
            *(own + self.any_element for own in self.elements.values()),
        ]


def check_cost(tree: SchemaTree, depth: int) -> int:
    """Return how many checks any one value inside an object ``depth`` deep costs at most.

    Raises:
        TooCostlyError: It is not, or a schema refers to itself for the same value.
    """
    schemas = {id(schema): schema for _, schema in tree.subschemas()}
    if not any(any(references(schema, tree)) for schema in schemas.values()):
        return len(schemas)  # without references nothing is checked twice
    ways, costs = _survey(tree, schemas)
    fixed = dict(costs)
    for _ in range(depth):
        deeper = {
            entry: fixed[entry] + max((_sum(way, costs) for way in ways[entry]), default=0)
            for entry in ways
        }
        for entry, cost in deeper.items():
            if cost > CHECKS_PER_BRANCH_LIMIT:
                raise TooCostlyError(tree.places[entry], "its references multiply")
        if deeper == costs:
            break
        costs = deeper
    return max(costs.values())


def _sum(way: Counter[int], costs: dict[int, int]) -> int:
    return sum(times * costs[entry] for entry, times in way.items())


def _survey(
    tree: SchemaTree, schemas: dict[int, JsonObject]
) -> tuple[dict[int, list[Counter[int]]], dict[int, int]]:
    """Return the ways down and the checks in place of every schema a value can meet."""
    closures: dict[int, Counter[int]] = {}
    ways: dict[int, list[Counter[int]]] = {}
    costs: dict[int, int] = {}
    pending = [id(tree.root)]
    while pending:
        entry = pending.pop()
        if entry in ways:
            continue
        closure = _closure(schemas[entry], tree, closures, set())
        found = _Entry(closure.total())
        for one, times in closure.items():
            for child in children(schemas[one]):
                found.add(child, times)
        ways[entry] = found.ways_down()
        costs[entry] = found.checks
        pending += [target for way in ways[entry] for target in way]
    return ways, costs


def _closure(
    schema: JsonObject,
    tree: SchemaTree,
    known: dict[int, Counter[int]],
    open_schemas: set[int],
) -> Counter[int]:
    """Return the schemas that look at the same value, and how many times each does."""
    here = id(schema)
    if here in known:
        return known[here]
    place = tree.places[here]
    if here in open_schemas:
        raise TooCostlyError(place, "it refers to itself without going deeper")
    if len(open_schemas) > _CHAIN_LIMIT:
        raise TooCostlyError(place, f"more than {_CHAIN_LIMIT} references follow one another")
    open_schemas.add(here)
    closure = Counter({here: 1})
    in_place = [child.schema for child in children(schema) if child.reach is Reach.SAME]
    for one in (*in_place, *references(schema, tree)):
        closure.update(_closure(one, tree, known, open_schemas))
        if closure.total() > CHECKS_PER_VALUE_LIMIT:
            raise TooCostlyError(place, "its references multiply")
    open_schemas.remove(here)
    known[here] = closure
    return closure
