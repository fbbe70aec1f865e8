"""Reading YAML: from bytes to a tree that knows where in the text each value stands.

One reader for everything: what is edited is exactly what was read. It takes libyaml's
events, which are produced without recursion, and keeps to JSON: string keys,
finite numbers, no tags. The limits hold before memory or stack are spent.
"""

import copy
from typing import TYPE_CHECKING, Final, TypeAlias

import yaml

from deftly.store.yaml.fault import YamlFault, check_characters, fault_of, template_fault
from deftly.store.yaml.node import LIMIT_BYTES, LIMIT_DEPTH, Node
from deftly.store.yaml.scalar import NotANumberError, resolve_plain
from deftly.values import JsonObject, JsonValue

if TYPE_CHECKING:
    from collections.abc import Callable

# A text within LIMIT_BYTES stays under this by itself; only aliases can pass it.
_LIMIT_EXPANDED: Final = 2 * LIMIT_BYTES

_STRING_TAGS: Final = frozenset({"!", "tag:yaml.org,2002:str"})
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_Start: TypeAlias = yaml.MappingStartEvent | yaml.SequenceStartEvent


def read_object(data: bytes) -> JsonObject:
    """Return the definition that a file's bytes hold.

    Raises:
        YamlFault: The first thing that is wrong.
    """
    value = read_tree(decode(data)).value
    if not isinstance(value, dict):  # read_tree sees to it
        raise TypeError
    return value


def decode(data: bytes) -> str:
    """Return the text of a file of at most 1 MiB.

    Raises:
        YamlFault: It is larger, or not UTF-8, or holds control characters.
    """
    if len(data) > LIMIT_BYTES:
        raise YamlFault(None, "The file is larger than 1 MiB.", "Make it smaller.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlFault(line, "The file is not UTF-8 text.", "Save it as UTF-8.") from None
    check_characters(text)
    return text


def read_tree(text: str) -> Node:
    """Return the root mapping of the one document in the text.

    Raises:
        YamlFault: The first thing that is wrong.
    """
    return _Reader(text).document()


class _Reader:
    """One pass over the events of a text; a node is complete when its method returns."""

    def __init__(self, text: str) -> None:
        # The parser drops a byte order mark and counts from behind it.
        self._shift = 1 if text.startswith("\ufeff") else 0
        self._text = text
        self._loader = _Loader(text[self._shift :])
        self._next: Callable[[], yaml.Event] = self._loader.get_event
        self._anchors: dict[str, Node] = {}
        self._expanded = 0

    def document(self) -> Node:
        try:
            self._next()
            return self._only_document()
        except yaml.YAMLError as error:
            raise fault_of(error, self._text[self._shift :]) from None
        finally:
            self._loader.dispose()

    def _only_document(self) -> Node:
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise YamlFault(None, "The file holds no definition.", "Write one, or remove the file.")
        first = self._next()
        if not isinstance(first, yaml.MappingStartEvent):
            message = "The file is not a mapping."
            raise YamlFault(_line(first), message, "Write 'key: value' lines.")
        root = self._node(first, 0)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            message = "The file holds more than one document."
            raise YamlFault(
                _line(after), message, "Keep one; remove the others and the '---' lines."
            )
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        match event:
            case yaml.ScalarEvent():
                node = self._scalar(event)
            case yaml.AliasEvent():
                return self._alias(event, depth)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                node = self._collection(event, depth + 1)
            case _:  # the parser's grammar has nothing else here
                raise TypeError(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        text = event.value
        value: JsonValue = text
        if event.tag is not None:
            _check_tag(event, event.tag in _STRING_TAGS)
        elif event.implicit[0]:
            try:
                value = resolve_plain(text)
            except NotANumberError as error:
                raise YamlFault(_line(event), str(error), "Put quotes around it.") from None
        start, end = self._span(event)
        if event.style in ("|", ">"):
            end = self._end_of_block(start, end)
        return Node(value, start, end, event.style or "", size=1 + len(text))

    def _end_of_block(self, start: int, end: int) -> int:
        header = self._text[start:end].split("\n", 1)[0].split("#", 1)[0]
        if "+" in header:
            return end
        return start + len(self._text[start:end].rstrip(" \r\n"))

    def _alias(self, event: yaml.AliasEvent, depth: int) -> Node:
        target = self._anchors.get(event.anchor or "")
        if target is None:
            message = f"The alias *{event.anchor} has no anchor above it."
            raise YamlFault(_line(event), message, "Put quotes around it, or define the anchor.")
        self._check_depth(event, depth + target.height)
        self._expanded += target.size
        if self._expanded > _LIMIT_EXPANDED:
            message = "The aliases expand to more than 2 MiB."
            raise YamlFault(_line(event), message, "Write the values out.")
        start, end = self._span(event)
        value = copy.deepcopy(target.value)
        size, height = target.size, target.height
        return Node(value, start, end, "*", size=size, height=height, aliased=True)

    def _collection(self, event: _Start, depth: int) -> Node:
        _check_tag(event, event.tag is None)
        self._check_depth(event, depth)
        start, end = self._span(event)
        node = Node(None, start, end, "flow" if event.flow_style else "block", height=1)
        if isinstance(event, yaml.MappingStartEvent):
            last = self._members(node, depth)
        else:
            last = self._list_items(node, depth)
        if event.flow_style:
            node.end = self._span(last)[1]
        elif node.items:
            node.end = max(node.items[-1].end, node.keys[-1].end if node.keys else 0)
        for item in node.items:
            node.size += item.size
            node.height = max(node.height, item.height + 1)
            node.aliased = node.aliased or item.aliased
        return node

    def _members(self, node: Node, depth: int) -> yaml.Event:
        value: JsonObject = {}
        keys: list[Node] = []
        items: list[Node] = []
        node.value, node.keys, node.items = value, keys, items
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, name = self._key(event, value)
            item = self._node(self._next(), depth)
            value[name] = item.value
            keys.append(key)
            items.append(item)
            node.size += key.size
        return event

    def _list_items(self, node: Node, depth: int) -> yaml.Event:
        value: list[JsonValue] = []
        items: list[Node] = []
        node.value, node.items = value, items
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            item = self._node(event, depth)
            value.append(item.value)
            items.append(item)
        return event

    def _key(self, event: yaml.Event, members: JsonObject) -> tuple[Node, str]:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._key_fault(event)
        key = self._node(event, 0)
        name = event.value
        if name == "<<" and event.implicit[0]:
            message = "'<<' (merge) is not part of YAML 1.2."
            raise YamlFault(_line(event), message, "Write the merged keys out.")
        if not isinstance(key.value, str):
            message = f"The key {name or 'before the colon'} is not a string."
            raise YamlFault(_line(event), message, "Put quotes around it.")
        if name in members:
            message = f"The key {name!r} occurs twice in one mapping."
            raise YamlFault(_line(event), message, "Remove one of the two.")
        return key, key.value

    def _key_fault(self, event: yaml.Event) -> YamlFault:
        line = _line(event)
        if self._text[self._span(event)[0] - 1 :].startswith("{{"):
            return template_fault(line)
        return YamlFault(line, "A key is not a string.", "Write the key as a text in quotes.")

    def _check_depth(self, event: yaml.Event, depth: int) -> None:
        if depth > LIMIT_DEPTH:
            message = f"The values lie more than {LIMIT_DEPTH} levels inside one another."
            raise YamlFault(_line(event), message, "Nest them less deeply.")

    def _span(self, event: yaml.Event) -> tuple[int, int]:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # only events made by hand have no marks
            raise TypeError(event)
        return start.index + self._shift, end.index + self._shift


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else event.start_mark.line + 1


def _check_tag(event: yaml.ScalarEvent | _Start, allowed: bool) -> None:  # noqa: FBT001
    if not allowed:
        message = f"The tag {event.tag} is not known here."
        raise YamlFault(_line(event), message, "Remove it, or put quotes around a value with '!'.")
