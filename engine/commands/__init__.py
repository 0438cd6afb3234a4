"""One use case, one file, verb name. A command opens the one transaction, decides, and commits at its end.

Commands never call each other; what two of them share lies in `engine.casework` below.
"""

from engine.commands.claim_task import claim_task, release_task
from engine.commands.close_days import close_days
from engine.commands.complete_task import complete_task
from engine.commands.create_design import create_design
from engine.commands.deploy import deploy_files
from engine.commands.discard_design import discard_design
from engine.commands.drafts import discard_draft, save_draft
from engine.commands.files import remove_file, store_file
from engine.commands.fire_timers import fire_timers, recompute_deadlines
from engine.commands.handle_message import discard_message, send_again
from engine.commands.import_bundle import import_bundle, import_diagram
from engine.commands.note_standings import note_standings
from engine.commands.open_design import open_design
from engine.commands.publish_design import publish_design
from engine.commands.reading import mark_read, mark_task_read
from engine.commands.recall_task import recall_task
from engine.commands.remove_part import remove_part
from engine.commands.rename_part import rename_part
from engine.commands.repair_job import answer_job, close_incident, retry_job, skip_job
from engine.commands.restore_version import restore_version
from engine.commands.return_task import return_task
from engine.commands.run_job import run_job
from engine.commands.save_part import save_part
from engine.commands.serve_job import claim_job, serve_job
from engine.commands.set_preferences import set_preferences
from engine.commands.sign_in import sign_in
from engine.commands.start_process import start_process
from engine.commands.stop_case import resume_case, suspend_case, terminate_case
from engine.commands.take_copy import take_copy
from engine.commands.take_file_version import take_file_version
from engine.commands.tend_database import tend_database
from engine.commands.touch_design import touch_design
from engine.commands.transfer_task import transfer_task
from engine.commands.urge_case import urge_case
from engine.commands.withdraw_case import withdraw_case

__all__ = [
    "answer_job",
    "claim_job",
    "claim_task",
    "close_days",
    "close_incident",
    "complete_task",
    "create_design",
    "deploy_files",
    "discard_design",
    "discard_draft",
    "discard_message",
    "fire_timers",
    "import_bundle",
    "import_diagram",
    "mark_read",
    "mark_task_read",
    "note_standings",
    "open_design",
    "publish_design",
    "recall_task",
    "recompute_deadlines",
    "release_task",
    "remove_file",
    "remove_part",
    "rename_part",
    "restore_version",
    "resume_case",
    "retry_job",
    "return_task",
    "run_job",
    "save_draft",
    "save_part",
    "send_again",
    "serve_job",
    "set_preferences",
    "sign_in",
    "skip_job",
    "start_process",
    "store_file",
    "suspend_case",
    "take_copy",
    "take_file_version",
    "tend_database",
    "terminate_case",
    "touch_design",
    "transfer_task",
    "urge_case",
    "withdraw_case",
]
