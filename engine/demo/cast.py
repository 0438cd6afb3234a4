"""Who acts in a script: each act is the command that the page would send."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from engine.clock import local
from engine.commands import (
    claim_task,
    complete_task,
    mark_read,
    mark_task_read,
    return_task,
    start_process,
    store_file,
    transfer_task,
    urge_case,
    withdraw_case,
)
from engine.demo.answers import answers_of
from engine.demo.family import Family
from engine.demo.paper import csv_file, pdf_file
from engine.demo.reading import Reader
from engine.demo.script import Act, Case, Scripts, Step
from engine.errors import GuichengError
from engine.feel import NOW, compile_expression, from_feel
from engine.forms import Form
from engine.forms.values import plain
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.people import actor_by_account, next_actors


class Cast:
    """The people of the demo with their scripts in hand."""

    def __init__(self, platform: Platform, scripts: Scripts) -> None:
        self._platform = platform
        self._scripts = scripts
        self._family = Family(platform)
        self._reader = Reader(platform)
        self._actors: dict[str, Actor] = {}

    def play(self, step: Step) -> None:
        """One step, now. Raises `GuichengError` when it cannot be done."""
        if step.act is None:
            step.case.instance_id = self._begin(step.case)
        elif step.act.act in ("urge", "withdraw"):
            self._whole_case(step.case, step.act)
        else:
            self._task(step.case, step.act)

    def _begin(self, case: Case) -> int:
        account = case.script.get("by")
        if account is None:
            found = self._family.begun_by_itself(case.key)
            if found is None:
                raise GuichengError(f"no case of {case.key} has begun by itself")
            return found
        actor = self._actor(account)
        deployed = {one.key: one for one in self._reader.procedures()}[case.key]
        form = deployed.form_of(deployed.process.start.id)
        data = self._filled(form, {}, case.forms.get("start") or {}, case.script.get("data") or {})
        files = self._files(actor, case.script.get("files") or (), data)
        return start_process(self._platform, actor, case.key, data, files).instance_id

    def _whole_case(self, case: Case, act: Act) -> None:
        actor, instance = self._actor(act.who), self._instance(case, act)
        if act.act == "urge":
            urge_case(self._platform, actor, instance)
        else:
            withdraw_case(self._platform, actor, instance, act.opinion)

    def _task(self, case: Case, act: Act) -> None:
        platform = self._platform
        task_id, account = self._open(self._instance(case, act), act)
        actor = self._actor(account)
        mark_task_read(platform, actor, task_id)
        mark_read(platform, actor)
        verb, _colon, whom = act.act.partition(":")
        if verb == "claim":
            claim_task(platform, actor, task_id)
        elif verb == "transfer":
            transfer_task(platform, actor, task_id, None, whom, act.opinion)
        elif verb == "to":
            return_task(platform, actor, task_id, None, whom, act.opinion)
        elif verb != "read":
            sheet = self._reader.sheet(task_id)
            assert sheet is not None, task_id
            usual = self._scripts.form_of(act.called or case.key, act.node)
            data = self._filled(sheet.form, sheet.variables, usual, act.data)
            files = self._files(actor, act.files, data)
            complete_task(platform, actor, task_id, None, act.act, act.opinion, data, files)

    def _instance(self, case: Case, act: Act) -> int:
        if not act.called:
            return case.instance_id
        found = self._family.descendants(case.instance_id, act.called)
        nth = len(found) if act.nth is None else act.nth
        if not 1 <= nth <= len(found):
            raise GuichengError(f"{len(found)} cases of {act.called} have come out of this one, no {act.nth or 1}")
        return found[nth - 1]

    def _open(self, instance: int, act: Act) -> tuple[int, str]:
        """The open task of this act and whoever does it; `owner` stands for whoever holds it."""
        offered = next_actors(self._platform, instance)
        for entry in offered:
            if entry.node_id == act.node and act.who in ("owner", entry.person.account):
                return entry.task_id, entry.person.account
        now = "、".join(f"{entry.node_id} {entry.person.account}" for entry in offered)
        raise GuichengError(f"no open task {act.node} for {act.who}, only: {now}")

    def _filled(self, form: Form | None, variables: Mapping[str, Any], *written: Mapping[str, Any]) -> dict[str, Any]:
        """The form as its page opens, with what the script writes into it."""
        own = form.keys if form is not None else frozenset[str]()
        opening = form.opening(variables) if form is not None else {}
        data = {key: value for key, value in opening.items() if key in own and value not in (None, "")}
        for part in written:
            data |= {key: self._value(value, variables) for key, value in part.items()}
        for field in form.fields if form is not None else ():
            known = data.get(field.key)
            if field.type == "exam" and isinstance(known, dict) and "right" in known:
                data[field.key] = answers_of(self._platform, variables.get(field.paper), known["right"])
        return data

    def _value(self, value: Any, variables: Mapping[str, Any]) -> Any:
        """FEEL after "=" is evaluated, in lists and rows, too."""
        if isinstance(value, list):
            return [self._value(one, variables) for one in value]
        if isinstance(value, dict):
            return {key: self._value(one, variables) for key, one in value.items()}
        if not isinstance(value, str) or not value.startswith("="):
            return value
        at = local(self._platform.clock.now())
        return plain(from_feel(compile_expression(value[1:].strip())({**variables, NOW: at})))

    def _files(self, actor: Actor, names: Any, data: Mapping[str, Any]) -> list[int]:
        lines = [value for value in data.values() if isinstance(value, str) and len(value) > 5][:2]
        made = ((name, csv_file() if name.endswith(".csv") else pdf_file(name, *lines)) for name in names)
        return [store_file(self._platform, actor, name, io.BytesIO(content)).id for name, content in made]

    def _actor(self, account: str) -> Actor:
        if account not in self._actors:
            found = actor_by_account(self._platform, account)
            if found is None:
                raise GuichengError(f"nobody is called {account}")
            self._actors[account] = found
        return self._actors[account]
