"""考试与培训: the question bank, blueprints, figures of questions, training archives."""

from ui.exams import archive, blueprints, questions
from ui.exams.blueprint import blueprint

__all__ = ["archive", "blueprint", "blueprints", "questions"]
