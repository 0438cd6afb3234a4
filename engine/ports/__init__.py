"""What handlers may do to the platform. A handler gets a context and nothing else: data in, data out."""

from engine.ports.accounts import Accounts
from engine.ports.context import HandlerContext
from engine.ports.documents import Documents
from engine.ports.exams import Exams
from engine.ports.notify import Notify
from engine.ports.people import People
from engine.ports.projects import Projects
from engine.ports.training import Training

__all__ = ["Accounts", "Documents", "Exams", "HandlerContext", "Notify", "People", "Projects", "Training"]
