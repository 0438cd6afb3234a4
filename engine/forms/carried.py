"""What form-js components may carry, and the names that no field may have."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS = (
    "and or not if then else for in return some every satisfies between instance of true false null function external "
    "item partial this parent i case date time duration"
)
#: Words of FEEL, of form-js's expressions and of the platform; a field of that name could never be referred to.
RESERVED = frozenset(_WORDS.split(" "))

_BASE = {"id", "type", "layout", "conditional", "properties"}
_KEYED = _BASE | {"key", "label", "description", "disabled", "readonly", "validate", "defaultValue"}
_CHOICE = _KEYED | {"values", "valuesKey", "valuesExpression"}
_BOX = _BASE | {"label", "path", "components", "showOutline", "verticalAlignment"}
#: The components that are understood, and all that each may carry: what is not listed would silently do nothing.
PROPERTIES: Mapping[str, frozenset[str]] = {
    name: frozenset(known)
    for name, known in {
        "textfield": _KEYED | {"appearance"},
        "textarea": _KEYED,
        "exam": _KEYED,
        "marks": _KEYED,
        "number": _KEYED | {"appearance", "decimalDigits", "increment", "serializeToString"},
        "select": _CHOICE | {"searchable"},
        "radio": _CHOICE,
        "checklist": _CHOICE,
        "taglist": _CHOICE,
        "checkbox": _KEYED,
        "datetime": (_KEYED - {"label"})
        | {"label", "subtype", "dateLabel", "timeLabel", "timeSerializingFormat", "timeInterval", "use24h"}
        | {"disallowPassedDates"},
        "expression": _BASE | {"key", "expression", "computeOn"},
        "text": _BASE | {"text"},
        "separator": _BASE,
        "spacer": _BASE | {"height"},
        "image": _BASE | {"source", "alt"},
        "group": _BOX,
        "dynamiclist": _BOX
        | {"isRepeating", "allowAddRemove", "defaultRepetitions", "disableCollapse", "nonCollapsedItems"},
    }.items()
}
