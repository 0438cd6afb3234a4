"""Two diagrams, element by element, matched by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from engine.bpmn.gate.palette import FLOW_NODES
from engine.bpmn.gate.words import kind_name
from engine.bpmn.inventory import Inventory, Item, Place, inventory
from engine.comparing.facts import Reader
from engine.comparing.model import Detail, Entry, Facts, Kind, Names, details_of, fact
from engine.i18n import _

GROUPS = ("process", "steps", "ways", "lanes", "other")
"""In which order entries are read."""

_TOGETHER = 0.8
"""So large a share of shapes with the same shift means that the drawing as a whole was moved."""

MOST = 6000
"""Elements of a diagram that are compared one by one; drawings of people have a hundred."""

_GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"}
)
_HOLDERS = frozenset({"process", "subProcess", "transaction", "adHocSubProcess", "lane", "participant", "category"})
_CONNECTIONS = frozenset({"sequenceFlow", "association", "messageFlow"})
_BARE = frozenset({"name", "tag", "way", "inside"})
"""Facts of an added or removed element that its title and its surroundings say already."""


def compare_diagrams(before: bytes, after: bytes, names: Names) -> tuple[list[Entry], str]:
    """The entries in reading order, and a note where there is something to say about the whole."""
    if before == after:
        return [], ""
    old, new = inventory(before), inventory(after)
    if old is None or new is None:
        return [], _unreadable(before, after, old)
    if max(len(old.items), len(new.items)) > MOST:
        return [], _("流程图超过 {n} 个元素，不逐项对比；请拆成几个流程。", n=MOST)
    comparison = _Comparison(old, new, names)
    entries = comparison.entries()
    return entries, "" if entries else _("流程图只有书写格式不同，内容和位置没有变化。")


def _unreadable(before: bytes, after: bytes, old: Inventory | None) -> str:
    if not before.strip():
        return _("对比的前一方没有流程图。")
    if not after.strip():
        return _("对比的后一方没有流程图。")
    if old is None:
        return _("前一方的流程图不能读取，无法逐项对比；请先改正其中的错误。")
    return _("后一方的流程图不能读取，无法逐项对比；请先改正其中的错误。")


class _Comparison:
    def __init__(self, old: Inventory, new: Inventory, names: Names) -> None:
        self.old, self.new = old, new
        self.before, self.after = Reader(old, names), Reader(new, names)
        self.added = new.items.keys() - old.items.keys()
        self.removed = old.items.keys() - new.items.keys()
        self.shift = _common_shift(old, new)

    def entries(self) -> list[Entry]:
        found = [self._one_side(item, Kind.ADDED) for item in self.new.items.values() if item.id in self.added]
        found += [self._one_side(item, Kind.REMOVED) for item in self.old.items.values() if item.id in self.removed]
        both = (item for item in self.new.items.values() if item.id not in self.added)
        found += [entry for item in both if (entry := self._both(self.old.items[item.id], item)) is not None]
        order = {id: place for place, id in enumerate([*self.new.items, *self.old.items])}
        kinds = list(Kind)
        return sorted(
            found, key=lambda e: (GROUPS.index(e.group), e.kind is Kind.MOVED, kinds.index(e.kind), order[e.id])
        )

    def _one_side(self, item: Item, kind: Kind) -> Entry:
        reader = self.after if kind is Kind.ADDED else self.before
        facts: Facts = {code: fact for code, fact in reader.facts(item).items() if code not in _BARE}
        facts |= _surroundings(reader, item)
        details = details_of({}, facts) if kind is Kind.ADDED else details_of(facts, {})
        return Entry(
            kind=kind,
            id=item.id,
            type=item.tag,
            name=item.name,
            title=title_of(reader, item),
            group=group_of(item),
            inside=item.inside,
            details=details,
            was_at=() if kind is Kind.ADDED else self._was_at(item.id),
            under=self._brought_by(item, self.added if kind is Kind.ADDED else self.removed),
        )

    def _brought_by(self, item: Item, others: Iterable[str]) -> str:
        """An added step brings its flows and boundary events, an added subprocess all inside it."""
        get = item.element.get
        wanted = [item.inside, get("attachedToRef") or ""]
        if item.tag in _CONNECTIONS:
            wanted += [get("targetRef") or "", get("sourceRef") or ""]
        return next((one for one in wanted if one in others and self._carries(one)), "")

    def _carries(self, id: str) -> bool:
        item = self.new.items.get(id) or self.old.items[id]
        return item.tag not in ("process", "participant", "lane")

    def _both(self, old: Item, new: Item) -> Entry | None:
        details = () if _same(old, new) else details_of(self.before.facts(old), self.after.facts(new))
        was, now = self.old.places.get(old.id), self.new.places.get(new.id)
        look = _look(was, now)
        moved = self._moved(was, now)
        if not details and not look and not moved:
            return None
        kind = Kind.CHANGED if details or look else Kind.MOVED
        return Entry(
            kind=kind,
            id=new.id,
            type=new.tag,
            name=old.name,
            title=title_of(self.before, old),  # a person looks for it under the name that he knows
            group=group_of(new),
            inside=new.inside,
            details=details + look,
            moved=moved,
            was_at=self._was_at(old.id) if moved and _worth_showing(old, new) else (),
        )

    def _was_at(self, id: str) -> tuple[int, ...]:
        place = self.old.places.get(id)
        return () if place is None else _shifted(place.points, self.shift, place.box)

    def _moved(self, was: Place | None, now: Place | None) -> bool:
        if was is None or now is None:
            return was is not now
        points = _shifted(was.points, self.shift, was.box)
        return points != now.points or _shifted(was.label, self.shift, True) != now.label


def _same(old: Item, new: Item) -> bool:
    """Whether both are written alike, which most are: then they say the same. What holds others is looked into."""
    if old.tag in _HOLDERS or (old.lane, old.inside) != (new.lane, new.inside):
        return False
    return etree.tostring(old.element, with_tail=False) == etree.tostring(new.element, with_tail=False)


def _worth_showing(old: Item, new: Item) -> bool:
    """A step's former place; a flow's where it led elsewhere, not where it only bent otherwise."""
    ends = ("sourceRef", "targetRef")
    return old.tag not in _CONNECTIONS or any(old.element.get(end) != new.element.get(end) for end in ends)


def title_of(reader: Reader, item: Item) -> str:
    """用户任务“必要性审查”, 连线“退回”（“有必要？” → “修改补正”）."""
    kind = kind_name(item.tag)
    if item.tag in _CONNECTIONS:
        get = item.element.get
        ends = f"{reader.called(get('sourceRef') or '')} → {reader.called(get('targetRef') or '')}"
        return _("{kind}“{name}”（{ends}）", kind=kind, name=item.name, ends=ends) if item.name else f"{kind} {ends}"
    if item.name:
        return f"{kind}“{item.name}”"
    text = next((child.text for child in item.element if str(child.tag).endswith("}text") and child.text), "")
    return f"{kind}“{text.strip()[:30]}”" if text and text.strip() else f"{kind} {item.id}"


def group_of(item: Item) -> str:
    """Where an element is read."""
    if item.tag == "process":
        return "process"
    if item.tag in _CONNECTIONS or item.tag in _GATEWAYS:
        return "ways"
    if item.tag in ("lane", "participant"):
        return "lanes"
    if item.tag in FLOW_NODES or item.tag.endswith(("Task", "task", "Event", "Activity", "ubProcess")):
        return "steps"
    return "other"


def _surroundings(reader: Reader, item: Item) -> Facts:
    """What comes before and after a step."""
    found: Facts = {}
    if item.tag in _CONNECTIONS or item.tag in ("process", "lane", "participant"):
        return found
    earlier, later = reader.neighbours
    for code, label, ends in (
        ("earlier", _("前一步"), earlier.get(item.id)),
        ("later", _("后一步"), later.get(item.id)),
    ):
        if ends:
            found[code] = fact(label, "、".join(reader.called(end) for end in dict.fromkeys(ends[:20])))
    return found


def _look(was: Place | None, now: Place | None) -> tuple[Detail, ...]:
    if was is None or now is None or was.look == now.look:
        return ()
    words = {"isExpanded": _("展开"), "fill": _("底色"), "stroke": _("线色")}
    old = {name: fact(words.get(name, name), value) for name, value in was.look}
    new = {name: fact(words.get(name, name), value) for name, value in now.look}
    return details_of(old, new)


def _common_shift(old: Inventory, new: Inventory) -> tuple[int, int]:
    """How far the drawing as a whole was moved."""
    shifts: Counter[tuple[int, int]] = Counter()
    for id, place in old.places.items():
        there = new.places.get(id)
        if there is not None and place.box and there.box and len(place.points) == len(there.points) == 4:
            shifts[there.points[0] - place.points[0], there.points[1] - place.points[1]] += 1
    if not shifts:
        return 0, 0
    shift, count = shifts.most_common(1)[0]
    return shift if count >= _TOGETHER * shifts.total() else (0, 0)


def _shifted(points: tuple[int, ...], shift: tuple[int, int], box: bool) -> tuple[int, ...]:
    """Bends, or a box: its last two numbers are a size."""
    if box and len(points) == 4:
        return points[0] + shift[0], points[1] + shift[1], points[2], points[3]
    return tuple(number + shift[place % 2] for place, number in enumerate(points))
