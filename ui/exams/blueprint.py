"""The blueprint of this room; the view modules hang themselves on it."""

from flask import Blueprint

from engine.exams import kind_name
from engine.exams.question import difficulty_name

blueprint = Blueprint("exams", __name__, template_folder="templates")
blueprint.add_app_template_filter(kind_name, "kind_name")
blueprint.add_app_template_filter(difficulty_name, "difficulty_name")
