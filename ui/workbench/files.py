"""Attachments: put in, read, take out again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, g, jsonify, request, send_file, url_for

from engine.commands import remove_file, store_file
from engine.errors import InvalidFile
from engine.i18n import _
from engine.permissions import Permission
from engine.queries.documents import document_content
from engine.queries.files import FileContent, file_content
from engine.queries.values import FileView
from ui import web
from ui.access import platform, requires
from ui.filters import file_size
from ui.workbench.blueprint import blueprint

LARGEST_REQUEST = 51 * 1024 * 1024  # a file of 50 MB and the envelope around it


@blueprint.app_template_global()
def uploads(files: Iterable[FileView]) -> list[dict[str, Any]]:
    """Files of a draft as the upload field shows them."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "size": file_size(one.size),
            "url": url_for("workbench.file", attachment_id=one.id),
            "remove_url": url_for("workbench.remove", attachment_id=one.id),
        }
        for one in files
    ]


@blueprint.post("/files")
@requires(Permission.SIGNED_IN)
@web.takes(LARGEST_REQUEST)
def upload() -> Response:
    """Store one file for the person's draft; it joins the case when the draft is sent."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise InvalidFile(_("没有收到文件，请重新选择。"))
    kept = store_file(platform(), g.actor, sent.filename, sent.stream)
    return jsonify(uploads([kept])[0])


@blueprint.get("/files/<id:attachment_id>")
@requires(Permission.SIGNED_IN)
def file(attachment_id: int) -> Response:
    """The file to keep; it is never shown inside our pages, whatever it contains."""
    return _sent(file_content(platform(), g.actor, attachment_id))


@blueprint.get("/documents/<id:document_id>.<string:form>")
@requires(Permission.SIGNED_IN)
def document(document_id: int, form: str) -> Response:
    """A document that a case has issued, as DOCX or PDF."""
    return _sent(document_content(platform(), g.actor, document_id, form))


def _sent(content: FileContent) -> Response:
    answer = send_file(
        content.path,
        mimetype=content.media_type,
        as_attachment=True,
        download_name=content.name,
        conditional=True,
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.post("/files/<id:attachment_id>/remove")
@requires(Permission.SIGNED_IN)
def remove(attachment_id: int) -> tuple[str, int]:
    """Take out a file that has not been sent yet."""
    remove_file(platform(), g.actor, attachment_id)
    return "", 204
