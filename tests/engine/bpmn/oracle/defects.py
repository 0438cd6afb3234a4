"""Defects of the runtime: one rule each, broken by changing some words of one function.

`sees`: names of the scenario tests that are to fail, or nothing, if the sample of random models is to fail.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType
from typing import Any

from engine.bpmn import codec, codec_reading, execution, frames, timers
from engine.bpmn.machine import Machine
from engine.bpmn.steps import (
    activities,
    awaiting,
    boundary,
    calls,
    compensation,
    conditions,
    events,
    gateways,
    joins,
    multi_instance,
    occurring,
    standard_loop,
    subprocess,
    throwing,
)


@dataclass(frozen=True)
class Defect:
    """`function` says `right`; the defect is that it says `wrong`."""

    name: str
    function: Callable[..., Any]
    right: str
    wrong: str
    sees: str = ""

    def code(self) -> CodeType:
        """The function's code with the defect in it."""
        source = textwrap.dedent(inspect.getsource(self.function))
        assert source.count(self.right) == 1, f"{self.name}: {self.function.__qualname__} does not say {self.right!r}"
        made: dict[str, Any] = {}
        changed = "from __future__ import annotations\n" + source.replace(self.right, self.wrong)
        exec(compile(changed, f"<{self.name}>", "exec"), self.function.__globals__, made)
        code: CodeType = made[self.function.__name__].__code__
        return code


DEFECTS = [
    # gateways
    Defect("a join counts tokens, not flows", gateways.parallel,
           "len(first_by_flow) < len(node.incoming)", "len(waiting) < len(node.incoming)",
           "test_gateways.test_two_tokens_on_one_flow_do_not_make_a_join"),
    Defect("a join lets every token through", gateways.parallel, "len(node.incoming) > 1", "False"),
    Defect("an exclusive gateway takes the last flow that holds", gateways.exclusive, "break", "continue",
           "test_gateways.test_first_true_condition_else_default"),
    Defect("the default flow is taken first", gateways.exclusive, "if flow.default:\n            continue",
           "if flow.default:\n            chosen = flow\n            break"),
    Defect("an inclusive split takes one flow only", joins._split, "chosen.append(flow)", "chosen = [flow]"),
    Defect("an inclusive join fires at once", joins._can_still_come,
           "any(not places.isdisjoint(ways) for ways in empty)",
           "False"),
    Defect("an inclusive join waits for what cannot come", joins._can_still_come,
           "any(not places.isdisjoint(ways) for ways in empty)", "bool(places)"),
    Defect("an inclusive join mixes rounds", joins._by_flow, "found.setdefault(token.flow, token)",
           "found[token.id] = token", "test_looking_joins.test_a_join_takes_one_token_of_each_flow_at_a_time"),
    Defect("a complex gateway never resets", joins._reset, "machine.consume(absorber)", "pass"),
    Defect("a complex gateway goes on once more for each late token", joins.complex_gateway,
           "absorber.absorbed.append(token.flow or \"\")\n        machine.remove(token)",
           "absorber.absorbed.append(token.flow or \"\")\n        _split(machine, token)"),
    Defect("a complex gateway asks for all", joins.complex_gateway,
           "if not machine.holds(node.activation, context, node):",
           "if len(arrived) < len(node.incoming):"),
    Defect("an event gateway keeps the others", occurring._choose, "machine.remove(gateway)", "pass"),
    Defect("an event gateway waits for its first event only", gateways.event_based, "in token.node.outgoing",
           "in token.node.outgoing[:1]"),
    # scopes and activities
    Defect("cancel leaves inner scopes", Machine.cancel, "self.clear(token.inner)",
           "pass"),
    Defect("cancel leaves instances", Machine.cancel, "self.cancel(child)", "pass"),
    Defect("cancel leaves what is awaited", Machine.remove, "self.drop_subscriptions(token)", "pass"),
    Defect("a subprocess ends with its first token", Machine.consume, "if not scope.tokens:",
           "if scope.owner is None and not scope.tokens or scope.owner is not None and scope.id in self.scopes:"),
    Defect("a scope keeps waiting after its end", Machine._end_scope, "self.drop_subscriptions(scope)\n    owner",
           "owner"),
    Defect("the outer variables of a subprocess are forgotten", frames.seen_in, "while scope.owner is not None:",
           "while False:"),
    Defect("a write goes to the innermost scope", frames.store, "frames[-1])[name]", "frames[0])[name]"),
    Defect("a write goes outwards though the name is known inside", frames.store,
           "next((frame for frame in frames if name in frame), frames[-1])", "frames[-1]"),
    Defect("instances share variables", frames.written_from,
           "if at.is_instance and at.node.multi_instance is not None:",
           "if False:"),
    Defect("terminate ends the outer scope", throwing.throw, "machine.end_scope(token.scope, token)",
           "machine.end_scope(token.scope.parent or token.scope, token)"),
    Defect("terminate leaves what else is open", Machine.end_scope, "self.clear(scope, keep=last)", "pass"),
    # loops and instances
    Defect("a completion condition is not asked", multi_instance._complete_now,
           "if spec.completion_condition is None:", "if True:"),
    Defect("instances go on after the completion condition", multi_instance.instance_done,
           "machine.cancel(other)", "pass"),
    Defect("outputs come in the order of completion", multi_instance.instance_done,
           "loop.outputs[child.local[\"loopCounter\"]]", "loop.outputs[loop.done]"),
    Defect("a sequence opens all at once", multi_instance.start,
           "if spec.sequential:\n        _open", "if False:\n        _open"),
    Defect("an interrupted activity loses its outputs", boundary.occur, "save_outputs(machine, token)", "pass"),
    Defect("a loop forgets its maximum", standard_loop._again, "loop.done >= spec.maximum", "False"),
    Defect("a loop does not ask before", standard_loop.start, "spec.test_before and", "False and"),
    Defect("a loop asks for the opposite", standard_loop._again,
           "return machine.holds(spec.condition, context, owner.node)",
           "return not machine.holds(spec.condition, context, owner.node)"),
    Defect("an activity needs one token only", activities.begin, "node.start_quantity > 1", "False",
           "test_activities.test_an_activity_that_needs_two_tokens_and_gives_three"),
    # events
    Defect("a boundary stays armed after completion", Machine.drop_subscriptions,
           "self.subscriptions.pop(holder.id, ())",
           "(self.subscriptions.pop(holder.id, ()) if holder.id in self.scopes else ())"),
    Defect("a boundary event is not armed", activities.begin, "arm_boundary(machine, token)", "pass"),
    Defect("a boundary event that does not interrupt cancels", boundary.occur, "if event.interrupting:", "if True:"),
    Defect("a boundary event that interrupts does not", boundary.occur, "if event.interrupting:", "if False:"),
    Defect("an event subprocess that does not interrupt cancels", subprocess.trigger,
           "if start.interrupting:\n        machine.clear", "if True:\n        machine.clear"),
    Defect("an event subprocess that interrupts leaves the scope", subprocess.trigger,
           "if start.interrupting:\n        machine.clear", "if False:\n        machine.clear"),
    Defect("an interrupted scope still waits", subprocess.trigger, "machine.drop_subscriptions(scope)", "pass"),
    Defect("what does not interrupt comes only once", occurring.occurred, "comes_again = ", "comes_again = False and "),
    Defect("a signal to one only", throwing.hear, "for subscription in waiting:", "for subscription in waiting[:1]:"),
    Defect("a signal of any name", throwing.hear, "and subscription.name == signal", ""),
    Defect("a signal thrown is not heard at home", throwing._broadcast, "hear(machine, name, payload)", "pass"),
    Defect("a message to all", execution.Execution.deliver, "occurred(self._machine, found, payload or {})",
           "[occurred(self._machine, s, payload or {}) for s in self._waiting('message') if s.name == message]"),
    Defect("a message with any key", execution.Execution.deliver, "(s.name, s.key) == (message, key)",
           "s.name == message", "test_signals_and_messages.test_a_catch_event_waits_for_its_message_and_its_key"),
    Defect("a message thrown goes out though the case waits for it", throwing._send,
           "occurred(machine, subscription, payload)",
           "continue",
           "test_signals_and_messages.test_a_message_thrown_reaches_the_case_itself_or_asks_the_world"),
    Defect("a condition fires while it stays true", conditions.look, "if held and not before:", "if held:"),
    Defect("a condition fires once for all", conditions.look, "subscription.fired = subscription.fired, held",
           "subscription.fired = subscription.fired, held or subscription.fired",
           "test_conditional_events.test_a_boundary_that_does_not_interrupt_occurs_at_each_change_to_true"),
    Defect("a condition is not looked at when it is armed", awaiting.await_events, "machine.written = True", "pass",
           "test_conditional_events.test_what_holds_already_goes_on_at_once"),
    Defect("a repeating timer comes once", timers.arm_again, "if not subscription.left:", "if True:"),
    Defect("timers come in the order of their arming", execution.Execution.tick, "(subscription.due, drawn,",
           "(now, drawn,", "test_timers.test_timers_fire_in_the_order_of_their_time_also_new_ones"),
    Defect("a timer is early", execution.Execution.tick, "subscription.due <= now", "True"),
    Defect("a link leads nowhere", events.throw_event,
           "machine.spawn(target, token.scope, stand=Stand.FIRED).path = token.path", "pass"),
    # errors, escalations
    Defect("the code of an error is ignored", boundary._best, "definition.code == code:", "True:"),
    Defect("a general event wins over an exact one", boundary._best,
           "if definition.kind is kind and definition.code == code:",
           "if definition.kind is kind and definition.code in (code, None):",
           "test_errors_and_escalations.test_the_innermost_matching_code_wins_over_a_general_one_at_the_same_place"),
    Defect("an error is taken at the border first, then beside", boundary._propagate, "_beside(machine, at)", "()"),
    Defect("an event subprocess takes what it throws itself", boundary._beside,
           "if token.node.kind is NodeKind.EVENT_SUBPROCESS:", "if False:",
           "test_errors_and_escalations.test_an_error_event_subprocess_takes_errors_of_its_scope_but_not_its_own"),
    Defect("an error stops at the first subprocess", boundary._propagate, "at = at.scope.owner", "at = None"),
    Defect("an error in a called case is lost", throwing.raise_error, "if machine.is_called:", "if False:",
           "test_errors_and_escalations.test_an_error_that_nothing_takes_never_loses_a_case"),
    Defect("a cancelled call is not told", Machine.cancel, "if token.stand is Stand.OUTSIDE:", "if False:",
           "test_calls_and_jobs.test_a_cancelled_call_is_told_to_the_world_and_answers_come_too_late"),
    Defect("a call gives everything back", calls.called_ended, "if name is None:", "if True:"),
    # compensation
    Defect("handlers run in order, not reverse", compensation.go_on, "undo.todo.pop()", "undo.todo.pop(0)"),
    Defect("what is undone is undone again", compensation.compensate, "if done not in chosen]", "]"),
    Defect("one activity named, all undone", compensation.compensate,
           "wanted is None or done.node_id in wanted", "True"),
    Defect("a throw does not wait for its compensation", throwing._compensate, "if definition.wait:", "if False:"),
    Defect("a subprocess is not undone from inside", Machine._end_scope, "if can_be_undone and", "if False and"),
    Defect("a compensation event subprocess is passed over", compensation._compensation_subprocess,
           "if start.event is EventKind.COMPENSATION:", "if False:"),
    Defect("a cancelled transaction keeps what it did", throwing.throw,
           "compensate(machine, token, None, then=\"cancel\")",
           "compensate(machine, token, \"\", then=\"cancel\")"),
    Defect("a cancelled transaction goes on", throwing.throw, "machine.clear(token.scope, keep=token)", "pass",
           "test_compensation.test_while_a_cancelled_transaction_is_undone_nothing_else_is_open_in_it"),
    Defect("one cancelled instance of a transaction leaves the others", compensation._cancelled,
           "transaction.owner if transaction.owner is not None and transaction.is_instance else transaction",
           "transaction"),
    # ad hoc, quantities, several definitions, data
    Defect("an ad-hoc subprocess goes on with the next although it is done", Machine._settle_ad_hoc,
           "scope.pending.clear()", "pass"),
    Defect("an ad-hoc subprocess drops what it is to keep", Machine._settle_ad_hoc,
           "if ad_hoc.cancel_remaining", "if not ad_hoc.cancel_remaining"),
    Defect("an ad-hoc subprocess never does one by one", subprocess.begin, "first = first[:1]", "pass"),
    Defect("an activity does not wait for all its tokens", activities._gathered, "len(waiting) < needed", "False"),
    Defect("an activity gives one token too many", Machine.take,
           "range(node.completion_quantity)", "range(node.completion_quantity + 1)"),
    Defect("one of the definitions is enough for an event that needs all", occurring.occurred,
           "node.parallel_multiple and any", "False and any"),
    Defect("outputs of an activity are lost", activities._write_data, "machine.write_out(token, values)", "pass"),
    # saving
    Defect("a stand is lost in a save", codec._own_stand, "return None if", "return None if True or",
           "test_activities.test_an_activity_that_needs_two_tokens_and_gives_three"),
    Defect("subscriptions are lost in a save", codec_reading._restore_subscription,
           "machine.subscriptions.setdefault(holder_id, []).append(subscription)", "pass"),
    Defect("the flow of a waiting token is lost in a save", codec._token_row,
           "token.flow if token.stand is Stand.JOIN else None", "None"),
    Defect("what is done is lost in a save", codec._scope_row, "scope.done or None", "None"),
    Defect("a condition is not looked at after a load", codec_reading._restore_subscription,
           "machine.conditions.append(subscription)", "pass"),
    Defect("a join that looks is forgotten after a load", codec_reading._restore_token,
           "machine.looking.add((scope_id, node_id))", "pass",
           "test_looking_joins.test_it_does_not_wait_for_a_token_that_went_another_way"),
]  # fmt: skip
