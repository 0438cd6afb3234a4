"""Random models.

What happens at one moment happens in an order that the standard leaves open. So nothing that cancels or throws comes
in the same act as other automatic steps: a task stands before it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from tests.engine.bpmn.oracle.blocks import ACTIVITIES, SCOPES, Block, Many, Reaction

PLAIN = frozenset({"task", "script", "seq", "choice", "parallel", "loop", "sub"})
WEIGHTS = {
    "task": 4, "script": 2, "seq": 12, "choice": 3, "parallel": 5, "loop": 3, "sub": 8,
    "inclusive": 4, "transaction": 2, "set": 2, "call": 2, "job": 1, "receive": 1, "catch": 2, "race": 2,
    "throw": 3, "exit": 4, "quorum": 2, "undo": 3, "link": 1,
    "adhoc": 3, "bundle": 2, "note": 1, "several": 2,
}  # fmt: skip
FREE = frozenset({"adhoc", "bundle", "note", "several"})
PLAINER = 160
"""Models with smaller numbers are made without these: what they are made of stays frequent in a small sample."""
CHILDREN = {"seq": (2, 4), "choice": (2, 3), "parallel": (2, 3), "inclusive": (2, 3), "quorum": (2, 3), "race": (2, 3)}
BORDER = ("timer", "cycle", "message", "signal", "conditional", "error", "escalation")


@dataclass(frozen=True)
class Place:
    """What a block may do where it stands."""

    quits: bool = True  # its token may end here without stopping a join for ever
    fails: bool = True  # an event around takes every error
    cancels: bool = False  # it stands directly in a transaction
    undoes: bool = True  # compensation is remembered here
    terminates: bool = True
    undoable: list[str] = field(default_factory=list)  # activities of the scope that have a handler so far


def model(seed: int) -> tuple[Block, random.Random]:
    """The model of that number, and the dice as they lie then."""
    dice = random.Random(seed)
    kinds = frozenset(WEIGHTS) - FREE if seed < PLAINER else None
    return Dice(dice, kinds).model(4), dice


class Dice:
    """One random model; `kinds` restricts what it is made of, `marks` says whether activities get loops and events."""

    def __init__(self, dice: random.Random, kinds: frozenset[str] | None = None, *, marks: bool = True) -> None:
        self.dice = dice
        self.marks = marks
        self.weights = {kind: weight for kind, weight in WEIGHTS.items() if kinds is None or kind in kinds}
        self.count = 0
        self.messages: list[str] = []

    def model(self, depth: int) -> Block:
        """A whole process: a first task, the random part in a scope that takes every error, a last task."""
        if not self.marks:
            return self._block("seq", Block("task", "first"), self.block(depth, Place()), Block("task", "last"))
        body = self._block("seq", Block("task", "ready"), self.block(depth, Place()))
        beside = self._reactions(body, Place(), depth - 1, at_border=False)
        saved = Reaction(self._id("saved"), "error", "", True, Block("task", self._id("mend")), rejoins=True)
        whole = Block("sub", "whole", (body,), border=(saved,), beside=beside)
        side = self._reactions(whole, Place(fails=False), 1, at_border=False)
        seq = self._block("seq", Block("task", "first"), whole, Block("task", "last"))
        return replace(seq, beside=side)

    def block(self, depth: int, place: Place) -> Block:
        """A random block that may be that deep."""
        kind = self.dice.choices(list(self.weights), list(self.weights.values()))[0] if depth else "task"
        make = getattr(self, f"_{kind}", None)
        if make is not None:
            made: Block = make(depth, place)
            return made
        inner = []
        if kind in ("parallel", "quorum"):
            place = replace(place, quits=False)
        if kind == "quorum":
            return self._quorum_sub(depth, place)
        for _child in range(self.dice.randint(*CHILDREN.get(kind, (0, 0)))):
            inner.append(self.block(depth - 1, place))
        return self._marked(Block(kind, self._id(kind), tuple(inner)), place, depth)

    # ---------------------------------------------------------------- kinds

    def _loop(self, depth: int, place: Place) -> Block:
        """Every round waits for somebody, else it could turn for ever."""
        body = self._block("seq", Block("task", self._id("task")), self.block(depth - 1, place))
        return Block("loop", self._id("loop"), (body,))

    def _sub(self, depth: int, place: Place, kind: str = "sub") -> Block:
        inside = Place(quits=True, fails=place.fails, cancels=kind == "transaction")
        body = self.block(depth - 1, inside)
        if kind == "transaction":
            body = self._block("seq", body, self._exit(depth, replace(inside, quits=True), "cancel"))
        made = Block(kind, self._id(kind), (body,))
        if not self.marks:
            return made
        return self._marked(replace(made, beside=self._reactions(made, inside, depth - 1, False)), place, depth)

    def _transaction(self, depth: int, place: Place) -> Block:
        made = self._sub(depth, place, "transaction")
        way = Reaction(self._id("cancelled"), "cancel", "", True, self._small(), rejoins=True)
        return replace(made, border=(*made.border, way))

    def _quorum_sub(self, depth: int, place: Place) -> Block:
        inside = Place(quits=False, fails=place.fails)
        branches = [self.block(depth - 1, inside) for _branch in range(self.dice.randint(2, 3))]
        enough = self.dice.randint(1, len(branches))
        quorum = Block("quorum", self._id("quorum"), tuple(branches), number=enough)
        return Block("sub", self._id("sub"), (self._block("seq", quorum, Block("task", self._id("task"))),))

    def _set(self, depth: int, place: Place) -> Block:
        """A task that sets a flag; what comes next waits, too."""
        setter = Block("task", self._id("task"), word=self._word("flag"))
        return self._block("seq", setter, Block("task", self._id("task")))

    def _receive(self, depth: int, place: Place) -> Block:
        return self._marked(Block("receive", self._id("receive"), word=self._word("message")), place, depth)

    def _catch(self, depth: int, place: Place) -> Block:
        kind = self.dice.choice(["timer", "message", "signal", "conditional"])
        return Block("catch", self._id("catch"), words=((kind, self._word(kind)),))

    def _several(self, depth: int, place: Place) -> Block:
        """A catch event with several definitions: one is enough, or all are needed."""
        kinds = self.dice.sample(["timer", "message", "signal", "conditional"], self.dice.randint(2, 3))
        words = tuple((kind, self._word(kind)) for kind in kinds)
        return Block("catch", self._id("catch"), words=words, number=self.dice.randint(0, 1))

    def _adhoc(self, depth: int, place: Place) -> Block:
        """What can be done in any order: each begins with a task, so that nothing ends it while others begin."""
        inner = tuple(self._free(depth - 1, place) for _one in range(self.dice.randint(2, 3)))
        word = self.dice.choice(["parallel", "parallel", "sequential"]) + self.dice.choice(["", "", " keep"])
        made = Block("adhoc", self._id("adhoc"), inner, word=word, number=self.dice.randint(2, 4))
        return self._marked(made, place, depth)

    def _free(self, depth: int, place: Place) -> Block:
        if not depth or self.dice.random() < 0.5:
            return self._small()
        body = self._block("seq", self._small(), self.block(depth - 1, Place(fails=place.fails)))
        return Block("sub", self._id("sub"), (body,))

    def _bundle(self, depth: int, place: Place) -> Block:
        """Several tokens on one flow never come to a join: each is in a subprocess of its own, or at a task."""
        middle = self._free(depth - 1, place)
        inner = (self._small(), middle, self._small())
        return Block("bundle", self._id("bundle"), inner, number=self.dice.randint(2, 3))

    def _race(self, depth: int, place: Place) -> Block:
        kinds = self.dice.sample(["timer", "message", "signal", "conditional"], self.dice.randint(2, 3))
        words = tuple((kind, self._word(kind)) for kind in kinds)
        return Block("race", self._id("race"), tuple(self.block(depth - 1, place) for _ in kinds), words=words)

    def _throw(self, depth: int, place: Place) -> Block:
        kind = self.dice.choice(["message", "signal", "signal", "escalation", "escalation"])
        word = self.dice.choice(self.messages or ["M0"]) if kind == "message" else self._word(kind)
        return Block("throw", self._id("throw"), words=((kind, word),))

    def _undo(self, depth: int, place: Place) -> Block:
        """Something that can be undone, and a throw that undoes it, or all."""
        if not place.undoes:
            return self._set(depth, place)
        made = replace(Block(self.dice.choice(["task", "script"]), self._id("task")), handler=self._handler())
        place.undoable.append(made.id)
        word = self.dice.choice(["", "", made.id, self.dice.choice(place.undoable)])
        kind = self.dice.choice(["compensation", "compensation", "compensation", "compensation aside"])
        between = self.block(depth - 1, place)
        thrown = Block("throw", self._id("throw"), words=((kind, word),))
        return self._block("seq", made, between, thrown)

    def _exit(self, depth: int, place: Place, always: str = "") -> Block:
        kinds = ["error", "error"] if place.fails else []
        kinds += ["terminate"] if place.terminates else []
        kinds += ["cancel", "cancel"] if place.cancels else []
        kinds += ["none", "none", "escalation", "signal", "compensation"] if place.quits else []
        kind = always or (self.dice.choice(kinds) if kinds else "")
        if not kind or (kind == "compensation" and not place.undoes):
            return Block("task", self._id("task"))
        word = self._word(kind) if kind in ("error", "escalation", "signal") else ""
        return Block("exit", self._id("exit"), words=((kind, word),), number=self.dice.randint(1, 4))

    # ---------------------------------------------------------------- marks

    def _marked(self, block: Block, place: Place, depth: int) -> Block:
        """The block with loops, a handler and events at its border, if it is an activity."""
        if not self.marks or block.kind not in ACTIVITIES:
            return block
        many, handler = None, ""
        if self.dice.random() < 0.25:
            number = self.dice.randint(0, 3)
            hows = ["parallel", "parallel", "sequential", "before", "after"]
            many = Many(self.dice.choice(hows), number)
            if many.how in ("before", "after"):
                many = replace(many, number=max(number, 2))
            elif self.dice.random() < 0.4:
                many = replace(many, until=self.dice.randint(1, 2))
        if place.undoes and block.kind != "receive" and self.dice.random() < 0.2:
            handler = self._handler()
            place.undoable.append(block.id)
        border: tuple[Reaction, ...] = ()
        if block.kind != "script":
            border = self._reactions(block, place, depth - 1, at_border=True)
        return replace(block, many=many, handler=handler, border=border)

    def _reactions(self, block: Block, place: Place, depth: int, at_border: bool) -> tuple[Reaction, ...]:
        if self.dice.random() < 0.6:
            return ()
        found: list[Reaction] = []
        for kind in self.dice.sample(BORDER, self.dice.randint(1, 2)):
            if at_border and kind in ("error", "escalation") and block.kind not in ("sub", "transaction", "call"):
                continue
            interrupting = kind == "error" or (kind != "cycle" and self.dice.random() < 0.5)
            rejoins = at_border and interrupting and (not place.quits or self.dice.random() < 0.6)
            inside = Place(quits=not rejoins or place.quits, fails=place.fails, undoes=rejoins and place.undoes,
                           terminates=place.terminates, undoable=place.undoable)  # fmt: skip
            body = self.block(max(0, min(depth, 2)), inside) if self.dice.random() < 0.7 else self._small()
            if at_border and not rejoins and body.kind != "task":  # several of them may be under way in one scope
                body = Block("sub", self._id("sub"), (body,))
            word = self._word(kind) if kind not in ("error", "escalation") or self.dice.random() < 0.7 else ""
            found.append(Reaction(self._id(kind), kind, word, interrupting, body, rejoins))
        if not at_border and block.kind in SCOPES and self.dice.random() < 0.25:
            thrown = Block("throw", self._id("throw"), words=(("compensation", ""),))
            body = self._block("seq", Block("task", self._id("task")), thrown)
            found.append(Reaction(self._id("compensation"), "compensation", "", True, body))
        return tuple(found)

    def _handler(self) -> str:
        return self.dice.choice(["service", "service", "task"])

    def _small(self) -> Block:
        return Block("task", self._id("task"))

    # ---------------------------------------------------------------- names

    def _block(self, kind: str, *inner: Block) -> Block:
        return Block(kind, self._id(kind), inner)

    def _id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def _word(self, kind: str) -> str:
        if kind == "message":  # one catcher each: which of several would get it is not said
            self.messages.append(f"M{len(self.messages) + 1}")
            return self.messages[-1]
        if kind in ("timer", "cycle"):
            return str(self.dice.randint(1, 4))
        letter = {"signal": "S", "error": "E", "escalation": "L", "flag": "flag", "conditional": "flag"}[kind]
        return f"{letter}{self.dice.randint(1, 2)}"
