"""Exams (第6.3.1条): questions, blueprints, drawing by seed, grading, figures. Pure: the tables are elsewhere."""

from engine.exams.blueprint import Blueprint, Part, read_blueprint
from engine.exams.drawing import Shortage, draw, shortages
from engine.exams.grading import grade
from engine.exams.paper import Paper, PaperQuestion, for_person, read_paper
from engine.exams.question import DIFFICULTIES, KINDS, Kind, Question, kind_name, read_question

__all__ = [
    "DIFFICULTIES",
    "KINDS",
    "Blueprint",
    "Kind",
    "Paper",
    "PaperQuestion",
    "Part",
    "Question",
    "Shortage",
    "draw",
    "for_person",
    "grade",
    "kind_name",
    "read_blueprint",
    "read_paper",
    "read_question",
    "shortages",
]
