"""What commands share: load a case for change, run it, write what happened — within the caller's transaction."""

from engine.casework.case import CaseChange, Saved, create_case, load_case
from engine.casework.change import NewTask

__all__ = ["CaseChange", "NewTask", "Saved", "create_case", "load_case"]
