"""The blueprint of this room; the view modules hang themselves on it."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, template_folder="templates")
