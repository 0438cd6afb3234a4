"""What people do every day: their lists, starting a procedure, a task, a case, files."""

from ui.workbench import acts, cases, files, home, lists, start, tasks, wording
from ui.workbench.blueprint import blueprint

__all__ = ["acts", "blueprint", "cases", "files", "home", "lists", "start", "tasks", "wording"]
