"""Forms: one form-js file, rendered by the browser and checked again here by the same rules.

    form = Form.parse(data)                          FormRefused with all findings
    values = form.validate(sent, options, today)     InvalidForm with a sentence for each field
    form.present(values, options)                    [(label, text)] for summaries and the printed sheet

A form is data: its conditions and formulas are FEEL, its patterns RE2, and nothing in it can run.
"""

from engine.errors import FormRefused, InvalidForm
from engine.forms.form import Form
from engine.forms.model import Field, Option

__all__ = ["Field", "Form", "FormRefused", "InvalidForm", "Option"]
