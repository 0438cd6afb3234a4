"""发起流程: what can be started, and the page that starts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import organisation, regulation
from engine.casework.candidates import start_request
from engine.deployments import Deployed
from engine.errors import Forbidden
from engine.i18n import _
from engine.models import Definition, DefinitionStatus
from engine.organisation import CandidateRequest
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.drafts import read_draft
from engine.queries.files import own_uploads
from engine.queries.order import in_order
from engine.queries.tasks import choices
from engine.queries.values import FileView


@dataclass(frozen=True)
class ProcedureCard:
    """A procedure that this person may start."""

    key: str
    name: str
    prefix: str
    summary: str
    clauses: list[str]
    chapter: str


@dataclass(frozen=True)
class StartPage:
    """The page that starts a procedure; `expected` lists the steps: name, who, time limit."""

    key: str
    name: str
    documentation: str
    clauses: list[str]
    form_schema: dict[str, Any] | None
    form_data: dict[str, Any]
    draft_saved_at: datetime | None
    draft_opinion: str
    attachments: list[FileView]
    expected: list[tuple[str, str, str]]


def list_startable(platform: Platform, actor: Actor) -> list[ProcedureCard]:
    """By chapter of the regulation, then by name."""
    with platform.database.read() as session:
        return startable(platform, session, actor)


def startable(platform: Platform, session: Session, actor: Actor) -> list[ProcedureCard]:
    """The live procedures whose start rule this person fits."""
    live = select(Definition.id).where(Definition.status == DefinitionStatus.LIVE)
    found = [platform.deployments.get(session, id) for id in session.scalars(live.order_by(Definition.key))]
    by_hand = [deployed for deployed in found if _begins_by_hand(deployed)]
    fitting = organisation.fits(session, [_who_starts(deployed) for deployed in by_hand], actor.account)
    cards = [_card(deployed) for deployed, fits in zip(by_hand, fitting, strict=True) if fits]
    return sorted(cards, key=lambda card: (card.clauses, card.name))


def _card(deployed: Deployed) -> ProcedureCard:
    clauses = regulation.clause_numbers(deployed.process.clauses)
    summary = _first_sentence(deployed.process.documentation or "")
    return ProcedureCard(deployed.key, deployed.name, deployed.prefix, summary, clauses, _chapter(clauses))


def start_page(platform: Platform, actor: Actor, key: str) -> StartPage:
    """The start form with this person's draft. `NotFound` without such a procedure, `Forbidden` if it is not his or
    his rights are restricted."""
    actor.require_full_rights()
    with platform.database.read() as session:
        deployed = platform.deployments.live(session, key)
        if not may_start(session, deployed, actor):
            raise Forbidden(_("“{name}”不由你所在的岗位发起。需要时请联系平台管理部。", name=deployed.name))
        form = deployed.form_of(deployed.process.start.id)
        draft, saved_at = read_draft(session, actor, key, 0)
        data: dict[str, Any] = {}
        if form is not None:
            data = {**form.defaults(), **draft.get("data", {}), **choices(session, form)}
        return StartPage(
            key=key,
            name=deployed.name,
            documentation=deployed.process.documentation or "",
            clauses=regulation.clause_numbers(deployed.process.clauses),
            form_schema=form.schema if form else None,
            form_data=data,
            draft_saved_at=saved_at,
            draft_opinion=str(draft.get("opinion", "")),
            attachments=own_uploads(session, actor, draft.get("attachments", [])),
            expected=_expected(deployed),
        )


def may_start(session: Session, deployed: Deployed, actor: Actor) -> bool:
    """Whether this person fits the procedure's start rule; what begins by an event only is started by nobody."""
    return _begins_by_hand(deployed) and organisation.is_eligible(session, _who_starts(deployed), actor.account)


def _begins_by_hand(deployed: Deployed) -> bool:
    return bool(deployed.process.scopes[deployed.process.key].first)


def _who_starts(deployed: Deployed) -> CandidateRequest:
    rule = deployed.process.start.candidates
    values = tuple(part.strip() for part in (rule.value or "").split(",")) if rule else ()
    return start_request(rule, values)


def _expected(deployed: Deployed) -> list[tuple[str, str, str]]:
    """The steps people do, along the drawing from left to right: name, lane, what happens at the deadline.

    Steps of the initiator himself (修改补正) are left out: they come when something is returned.
    """
    placed = [found.node for found in in_order(deployed.process) if not found.within]
    steps = [node for node in placed if node.kind in ("user_task", "subprocess")]
    steps = [node for node in steps if not (node.candidates and "case.starter" in (node.candidates.value or ""))]
    return [(node.name, node.lane or "", (node.deadline.consequence or "") if node.deadline else "") for node in steps]


def _chapter(numbers: list[str]) -> str:
    """The heading of the chapter that the first clause stands in."""
    wanted = numbers[0].partition(".")[0] if numbers else ""
    found = [chapter.heading for chapter in regulation.chapters() if chapter.number == wanted]
    return found[0] if found else _("其他")


def _first_sentence(text: str) -> str:
    return text.strip().split("。")[0].strip()[:80]
