"""The tables, a file a concept."""

from engine.models.account import Restriction
from engine.models.countdown import Countdown
from engine.models.data_store import DataStore
from engine.models.definition import Definition, DefinitionStatus, Deployment, Resource
from engine.models.design import Design, DesignCopy, DesignEditor, DesignPart, ProcedureEvent
from engine.models.document import Document, DocumentFile, DocumentState
from engine.models.event import Event, Installation, SignIn
from engine.models.exam import (
    ExamAnswer,
    ExamBlueprint,
    ExamPaper,
    ExamQuestion,
    ExamQuestionTag,
    ExamQuestionVersion,
)
from engine.models.figures import DayFigure
from engine.models.instance import CaseData, Instance, InstanceState, NumberSequence, Outcome, SearchGram
from engine.models.job import TIMERS, Incident, Job, JobKind, JobState
from engine.models.messaging import Message, MessageState, Subscription
from engine.models.organisation import Department, Person, PersonRole, Post, Role
from engine.models.project import Project, ProjectBaseline
from engine.models.task import Attachment, Draft, Notification, Task, TaskCandidate, TaskState
from engine.models.training import TrainingRecord

__all__ = [
    "TIMERS",
    "Attachment",
    "CaseData",
    "Countdown",
    "DataStore",
    "DayFigure",
    "Definition",
    "DefinitionStatus",
    "Department",
    "Deployment",
    "Design",
    "DesignCopy",
    "DesignEditor",
    "DesignPart",
    "Document",
    "DocumentFile",
    "DocumentState",
    "Draft",
    "Event",
    "ExamAnswer",
    "ExamBlueprint",
    "ExamPaper",
    "ExamQuestion",
    "ExamQuestionTag",
    "ExamQuestionVersion",
    "Incident",
    "Installation",
    "Instance",
    "InstanceState",
    "Job",
    "JobKind",
    "JobState",
    "Message",
    "MessageState",
    "Notification",
    "NumberSequence",
    "Outcome",
    "Person",
    "PersonRole",
    "Post",
    "ProcedureEvent",
    "Project",
    "ProjectBaseline",
    "Resource",
    "Restriction",
    "Role",
    "SearchGram",
    "SignIn",
    "Subscription",
    "Task",
    "TaskCandidate",
    "TaskState",
    "TrainingRecord",
]
