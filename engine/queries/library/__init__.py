"""流程库: procedures by the regulation, a reader's page for each, their versions. Queries of its pages."""

from engine.queries.library.catalogue import STATES, LibraryFilter, catalogue
from engine.queries.library.duties import Duty
from engine.queries.library.reader import (
    DAYS,
    Figures,
    FormPreview,
    FormRow,
    MessageRow,
    Purpose,
    ReaderPage,
    form_preview,
    live_diagram,
    purpose_of,
    reader_page,
)
from engine.queries.library.tables import RuleView, TableView, table_view
from engine.queries.library.values import (
    Catalogue,
    ChapterRow,
    ClauseRow,
    OpenDesign,
    ProcedureRow,
    Published,
    SectionRow,
    Usage,
)
from engine.queries.library.versions import (
    VersionPage,
    VersionsPage,
    version_diagram,
    version_page,
    versions_page,
)

__all__ = [
    "DAYS",
    "STATES",
    "Catalogue",
    "ChapterRow",
    "ClauseRow",
    "Duty",
    "Figures",
    "FormPreview",
    "FormRow",
    "LibraryFilter",
    "MessageRow",
    "OpenDesign",
    "ProcedureRow",
    "Published",
    "Purpose",
    "ReaderPage",
    "RuleView",
    "SectionRow",
    "TableView",
    "Usage",
    "VersionPage",
    "VersionsPage",
    "catalogue",
    "form_preview",
    "live_diagram",
    "purpose_of",
    "reader_page",
    "table_view",
    "version_diagram",
    "version_page",
    "versions_page",
]
