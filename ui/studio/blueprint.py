"""The blueprint of this room; its modules hang themselves on it."""

from flask import Blueprint

blueprint = Blueprint("studio", __name__, template_folder="templates")
