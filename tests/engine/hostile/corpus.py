"""Hostile diagrams, forms and expressions, each with the code that it is refused with."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.engine.bpmn import (
    test_gate_activities,
    test_gate_elements,
    test_gate_events,
    test_gate_flows,
    test_gate_references,
    test_gate_repetition,
    test_gate_scopes,
    test_gate_texts,
)
from tests.engine.bpmn.build import (
    deadline,
    element,
    end,
    extension,
    multi,
    ours,
    script,
    service,
    start,
    sub,
    text,
    timer,
    user,
    xor,
)
from tests.engine.bpmn.grammar import caught, condition, diagram
from tests.engine.bpmn.refused import LINE, PLAIN, drawn, one, task
from tests.engine.forms.building import field, source
from tests.engine.forms.test_gate import HOSTILE


class Case(NamedTuple):
    """Something hostile: "diagram", "form" or "expression", and the code or kind of error that answers it."""

    kind: str
    code: str
    data: bytes


class Lure(NamedTuple):
    """What nobody may touch: the path of a pipe (who opens it never returns) and a port that nobody may connect to."""

    pipe: str
    port: int


BODY = PLAIN.split(b"?>", 1)[1].strip()
BEGIN = BODY[: BODY.index(b"<bpmn:process")]
XML = b'<?xml version="1.0"?>'
MEGA = 1024 * 1024


def cases(lure: Lure) -> dict[str, Case]:
    """All of them by a name that says what each tries."""
    found: dict[str, Case] = {}
    for kind, listed in (
        ("diagram", _files(lure)),
        ("diagram", _shapes()),
        ("diagram", _code()),
        ("form", _forms()),
        ("expression", _expressions()),
    ):
        for name, code, data in listed:
            assert f"{kind}: {name}" not in found
            found[f"{kind}: {name}"] = Case(kind, code, data if isinstance(data, bytes) else str(data).encode())
    return {**found, **_invalid()}


def _invalid() -> dict[str, Case]:
    """What the tests of the gate refuse one by one."""
    modules = (test_gate_activities, test_gate_elements, test_gate_events, test_gate_flows)
    more = (test_gate_references, test_gate_repetition, test_gate_scopes, test_gate_texts)
    return {
        f"{module.__name__.rpartition('.')[2]} {place}": Case("diagram", code, xml)
        for module in (*modules, *more)
        for place, (code, _where, xml) in enumerate(module.CASES)
    }


Listed = Iterator[tuple[str, str, Any]]


def _files(lure: Lure) -> Listed:
    """Files that are no XML, or XML that attacks its reader."""

    def doctype(name: str, declaration: str, body: bytes = BODY) -> tuple[str, str, bytes]:
        return name, "doctype", XML + declaration.encode() + body

    def use(entity: str) -> bytes:
        return BODY.replace(b'name="A"', f'name="&{entity};"'.encode())

    tens = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield doctype("billion laughs", f'<!DOCTYPE x [<!ENTITY a0 "ha">{tens}]>', use("a11"))
    yield doctype("quadratic blowup", f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>', use("a;" * 9_000 + "&a"))
    yield doctype("recursive entity", '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', use("a"))
    yield doctype("parameter entities", "<!DOCTYPE x [<!ENTITY % a \"<!ENTITY b 'c'>\"> %a;]>")
    yield doctype("a file by entity", f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{lure.pipe}">]>', use("a"))
    yield doctype("a file without scheme", f'<!DOCTYPE x [<!ENTITY a SYSTEM "{lure.pipe}">]>', use("a"))
    yield doctype(
        "an address by entity", f'<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:{lure.port}/">]>', use("a")
    )
    yield doctype("a file as DTD", f'<!DOCTYPE x SYSTEM "{lure.pipe}">')
    yield doctype("an address as DTD", f'<!DOCTYPE x PUBLIC "-//X" "http://127.0.0.1:{lure.port}/x.dtd">')
    yield doctype("an address by parameter", f'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:{lure.port}/"> %a;]>')
    yield doctype("default attributes", '<!DOCTYPE x [<!ATTLIST x isExecutable CDATA "true">]>')
    yield doctype("a million elements declared", "<!DOCTYPE x [" + "<!ELEMENT x ANY>" * 60_000 + "]>")
    yield "a DTD in UTF-16", "doctype", (XML.decode() + "<!DOCTYPE x>" + BODY.decode()).encode("utf-16")
    yield "a DTD after a remark", "doctype", XML + b"<!-- x --><?x y?><!DOCTYPE x>" + BODY
    included = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{lure.pipe}" parse="text"/>'
    yield "XInclude", "foreign_element", drawn(included)
    for name, encoding in (
        ("klingon", "klingon"),
        ("a codec of Python", "rot13"),
        ("zip", "zlib"),
        ("punycode", "idna"),
    ):
        yield f"encoding {name}", "encoding", f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + BODY
    yield "UTF-7", "encoding", b'<?xml version="1.0" encoding="UTF-7"?>' + b"+ADwAIQ-DOCTYPE x+AD4-" + BODY
    yield "UTF-32", "not_xml", (XML.decode() + BODY.decode()).encode("utf-32")
    yield "says UTF-16 and is not", "not_xml", b'<?xml version="1.0" encoding="UTF-16"?>' + BODY
    yield "bytes that are no UTF-8", "not_xml", BODY.replace(b'name="A"', b'name="\xff\xfe\xc0\x80"')
    yield "half a surrogate", "not_xml", BODY.replace(b'name="A"', b'name="\xed\xa0\x80"')
    yield "a character that XML forbids", "not_xml", BODY.replace(b'name="A"', b'name="&#0;"')
    yield "nothing", "empty", b""
    yield "white space", "empty", b"\n\t " * 1000
    yield "zeros", "not_xml", b"\x00" * MEGA
    yield "gzip", "not_xml", gzip.compress(BODY)
    yield "zip", "not_xml", b"PK\x03\x04" + bytes(1000)
    yield "PDF", "not_xml", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"
    yield "a program", "not_xml", b"\x7fELF" + bytes(1000)
    yield "JSON", "not_xml", json.dumps({"type": "default"}).encode()
    yield "HTML", "not_bpmn", b"<html><body onload='alert(1)'/></html>"
    yield "SVG with a script", "not_bpmn", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield "XSLT", "not_bpmn", b'<x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0"/>'
    yield "another BPMN", "not_bpmn", BODY.replace(b"20100524/MODEL", b"20300524/MODEL")
    yield "definitions of no BPMN", "not_bpmn", b"<definitions/>"
    yield "the end is missing", "not_xml", BODY[:-9]
    yield "two roots", "not_xml", BODY + BODY
    yield "an attribute twice", "not_xml", BODY.replace(b'name="A"', b'name="A" name="B"')
    yield "an entity nobody declared", "not_xml", use("secret")
    yield "a prefix nobody declared", "not_xml", BODY.replace(b"<bpmn:startEvent", b"<nope:x/><bpmn:startEvent", 1)
    yield "two megabytes of blanks", "too_large", BODY + b" " * (2 * MEGA)
    yield "a name of three megabytes", "too_large", BODY.replace(b'name="A"', b'name="' + b"A" * 3 * MEGA + b'"')
    yield "brackets without end", "too_deep", b"<a>" * 600_000
    yield "deep subprocesses", "too_deep", BEGIN + b"<bpmn:process><bpmn:subProcess>" * 40_000
    yield "many elements", "too_many", BEGIN + b"<a/>" * 50_001 + b"</bpmn:definitions>"
    yield (
        "many attributes",
        "too_many_attributes",
        BODY.replace(b'name="A"', b" ".join(b'a%d=""' % n for n in range(100_000))),
    )
    yield (
        "many prefixes",
        "too_many_attributes",
        BODY.replace(b'name="A"', b" ".join(b'xmlns:a%d="u"' % n for n in range(50_000))),
    )


def _shapes() -> Listed:
    """Diagrams whose size or shape costs."""
    yield "tasks without id", "too_many_findings", drawn("<bpmn:userTask/>" * 45_000)
    yield "one id 3,000 times", "duplicate_id", diagram(start(), *[user("a") for _n in range(3_000)], end(), flows=LINE)
    yield (
        "thousands of flows into nothing",
        "too_many_findings",
        diagram(start(), user("a"), end(), flows=LINE + "\na > gone" * 6_000),
    )
    knot = "\n".join(f"p{n} > p{n * 7919 % 3000}\np{n} > p{(n + 1) % 3000}\nstart > p{n}" for n in range(3_000))
    gateways = [element("parallelGateway", f"p{n}") for n in range(3_000)]
    yield "a knot of joins", "join_waits_for_itself", diagram(start(), *gateways, end(), flows=knot)
    yield (
        "a chain that nothing reaches",
        "unreachable",
        diagram(
            start(),
            *[user(f"a{n}") for n in range(3_000)],
            end(),
            flows="start > end\n" + "\n".join(f"a{n} > a{n + 1}" for n in range(2_999)) + "\na2999 > a0",
        ),
    )
    yield (
        "empty event subprocesses",
        "no_start",
        drawn("".join(f'<bpmn:subProcess id="s{n}" triggeredByEvent="true"/>' for n in range(5_000))),
    )
    yield (
        "thousands of compensation events",
        "too_many_findings",
        drawn(
            "".join(
                f'<bpmn:boundaryEvent id="b{n}" attachedToRef="a">'
                "<bpmn:compensateEventDefinition/></bpmn:boundaryEvent>"
                for n in range(5_000)
            )
        ),
    )
    yield (
        "thousands of links of one name",
        "too_many_findings",
        drawn(
            "".join(
                f'<bpmn:intermediateCatchEvent id="l{n}">'
                '<bpmn:linkEventDefinition name="l"/></bpmn:intermediateCatchEvent>'
                for n in range(5_000)
            )
        ),
    )
    yield (
        "thousands of definitions on an event",
        "several_definitions",
        one(caught("a", *[element("linkEventDefinition", None, name="l") for _n in range(5_000)])),
    )
    yield "thousands of loops", "several_loops", task(*[multi() for _n in range(1_000)])
    yield (
        "thousands of lanes",
        "dangling_lane",
        drawn(
            '<bpmn:laneSet id="ls"><bpmn:lane id="l">'
            + "<bpmn:flowNodeRef>gone</bpmn:flowNodeRef>" * 20_000
            + "</bpmn:lane></bpmn:laneSet>"
        ),
    )
    yield (
        "thousands of associations",
        "several_handlers",
        drawn(
            '<bpmn:boundaryEvent id="b" attachedToRef="a"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>'
            + '<bpmn:association sourceRef="b" targetRef="a"/>' * 20_000
        ),
    )
    inner = sub("d0", start("s0"), user("u0"), flows="s0 > u0")
    for level in range(1, 50):
        inner = sub(f"d{level}", start(f"s{level}"), inner, flows=f"s{level} > d{level - 1}")
    yield (
        "fifty subprocesses inside each other and a way across",
        "flow_crosses_border",
        diagram(start(), inner, end(), flows="start > d49 > end\nd49 > u0"),
    )
    yield (
        "a name of a megabyte, a thousand times over",
        "too_many_findings",
        diagram(
            start(),
            user("a", name="长" * (MEGA // 4)),
            *[element("boundaryEvent", f"x{n}", attachedToRef="a", cancelActivity="maybe") for n in range(1_200)],
            end(),
            flows=LINE,
        ),
    )
    yield (
        "an id of a megabyte",
        "dangling_flow",
        diagram(start(), user("i" * MEGA, name="x"), end(), flows="start > gone"),
    )
    yield (
        "a reference of a megabyte",
        "dangling_message",
        one(caught("a", element("messageEventDefinition", None, messageRef="m" * MEGA))),
    )
    for attribute in ("startQuantity", "completionQuantity"):
        for number in ("1000000000", "9" * 10_000, "1e9", "０", "0x10", "NaN"):
            yield f"{attribute} {number[:12]}", "bad_quantity", task(**{attribute: number})
    for number in ("1000000000", "9" * 9_000, "-5", "1.5"):
        yield (
            f"cardinality {number[:12]}",
            "bad_quantity",
            task(element("multiInstanceLoopCharacteristics", None, text("loopCardinality", number))),
        )
    for number in ("0", "-1", "9" * 10_000, "∞"):
        yield (
            f"loopMaximum {number[:12]}",
            "bad_quantity",
            task(element("standardLoopCharacteristics", None, loopMaximum=number)),
        )
    for time in ("P9999Y", "PT9999999H", "P" + "9" * 10_000 + "D", "P1D" * 3_000, "T", "P-1D", "1" * 7 + " 小时"):
        yield f"duration {time[:14]}", "bad_time", one(caught("a", timer(time)))
    for time in ("9999-99-99", "2026-11-06T25:00:00", "-2026-11-06", "2026-11-06T09:30:00" + "Z" * 1000, "now"):
        yield f"date {time[:14]}", "bad_time", one(caught("a", timer(time, "timeDate")))
    for time in ("R/PT0S", "R999999999999/PT1S", "R5/P9999Y", "R/" * 2_000, "*/1 * * * * ?", "R3/now/PT1H"):
        yield f"cycle {time[:14]}", "bad_time", one(caught("a", timer(time, "timeCycle")))


def _code() -> Listed:
    """Diagrams that want something run, read or fetched."""
    python = (
        "__import__('os').system('id')",
        "exec('1')",
        "open('/etc/passwd').read()",
        "(lambda: 1)()",
        "().__class__.__mro__[1].__subclasses__()",
        "import os",
        "{{7*7}}",
        "a; b",
        "`id`",
        "#!/bin/sh",
    )
    for place, source_ in enumerate(python):
        yield f"script {source_[:24]}", "bad_expression", one(script("a", source_, "x"))
        yield f"condition {source_[:24]}", "bad_expression", one(caught("a", condition(source_)))
        way = f"start > a > g\ng > end : {source_}\ng > a : *" if ">" not in source_ and ":" not in source_ else ""
        if way:
            yield (
                f"way {place} {source_[:24]}",
                "bad_expression",
                diagram(start(), user("a"), xor("g"), end(), flows=way),
            )
    for language in ("python", "javascript", "groovy", "FEEL; python", ""):
        yield (
            f"scriptFormat {language}",
            "bad_script",
            one(element("scriptTask", "a", text("script", "1"), scriptFormat=language, camunda_resultVariable="x")),
        )
    for language in ("javascript", "python", "http://www.java.com/java"):
        yield (
            f"a condition in {language}",
            "bad_language",
            one(caught("a", condition("1"))).replace(
                b"<bpmn:condition>", f'<bpmn:condition language="{language}">'.encode()
            ),
        )
    for topic in ("os.system('x')", "../../etc/passwd", "demo.run; rm", "a.b\n.c", "a b"):
        yield f"topic {topic!r}", "bad_topic", one(service("a", topic))
    for name in ("__proto__.x", "a.b", "1x", "x y", "x;y", "${x}", "", "case", "x" + "=" * 5):
        code = "no_result" if not name else "reserved_variable" if name == "case" else "bad_variable"
        yield f"variable {name}", code, one(script("a", "1", name))
    greedy = "1" + "+1" * 20_000
    yield "a condition that is too long", "bad_expression", one(caught("a", condition(greedy)))
    yield "a condition that is too deep", "bad_expression", one(caught("a", condition("(" * 4_000 + "1" + ")" * 4_000)))
    yield "a timer that is too long", "bad_expression", one(caught("a", timer("= " + greedy)))
    yield (
        "a cardinality that is too deep",
        "bad_expression",
        task(element("multiInstanceLoopCharacteristics", None, text("loopCardinality", "[" * 5_000))),
    )
    yield "a deadline that is too long", "bad_expression", task(deadline(due="= " + greedy))
    yield (
        "persons that are too deep",
        "bad_expression",
        task(extension(ours("candidates", rule="person", value="= " + "[" * 3_000))),
    )
    yield (
        "an element in a condition",
        "mixed_text",
        one(caught("a", condition("x"))).replace(b"<bpmn:condition>x", b"<bpmn:condition>x or <b>not</b> "),
    )
    yield (
        "an import of a file as a process",
        "called_here",
        PLAIN.replace(
            b'<bpmn:userTask id="a" name="A"/>', b'<bpmn:callActivity id="a" calledElement="other"/>'
        ).replace(b"<bpmn:process", b'<bpmn:process id="other"/><bpmn:process', 1),
    )
    yield (
        "mustUnderstand",
        "must_understand",
        PLAIN.replace(b"<bpmn:process", b'<bpmn:extension mustUnderstand="true" definition="x:y"/><bpmn:process', 1),
    )


def _forms() -> Listed:
    """Forms with scripts, marks, bombs and depth."""
    for kind in ("html", "iframe", "script", "button", "filepicker", "table", "hologram", "documentPreview"):
        yield kind, "form.component.refused", source({"type": kind, "content": "<script>alert(1)</script>"})
    yield "brackets", "form.file", b"[" * 100_000
    yield "objects", "form.file", b'{"a":' * 5_000 + b"1" + b"}" * 5_000
    yield "too long", "form.file", source() + b" " * (256 * 1024)
    yield "a huge number", "form.file", b'{"schemaVersion": ' + b"9" * 6_000 + b"}"
    yield "no UTF-8", "form.file", b'{"type": "\xff"}'
    yield "a member twice", "form.file", b'{"type": "default", "type": "html", "id": "x", "components": []}'
    yield "NaN", "form.file", b'{"type": "default", "id": "x", "components": [], "schemaVersion": NaN}'
    yield "XML", "form.file", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    yield "an unknown property", "form.property", source(script="alert(1)")
    yield "301 fields", "form.size", source(*[field(key=f"k{n}") for n in range(301)])
    for name, (component, code) in HOSTILE.items():
        yield f"component: {name}", code, source(component)
    yield "markup in a label", "form.markup", source(field(label="<img src=x onerror=alert(1)>"))


def _expressions() -> Listed:
    """FEEL that is none, or that is greedy."""
    for text_ in (
        "__import__('os')",
        "exec('1')",
        "lambda: 1",
        "import os",
        "a := 1",
        "x; y",
        "'single'",
        "${x}",
        "#{x}",
        "{{x}}",
        "`x`",
        "a ? b : c",
        "new java.io.File('x')",
        "(" * 5_000,
        "[" * 5_000,
        "{" * 5_000,
        "-" * 9_000 + "1",
        "not(" * 2_000,
        "if " * 2_000,
        "1" + "+1" * 20_000,
        "a" + ".a" * 3_000,
        '"' + "x" * 20_000 + '"',
        '"unterminated',
        "/* unterminated",
        "\x00",
        "\ud7ff\uffff[",
        "for i in",
        "function(x",
        "1..",
        '@"not a date',
    ):
        yield f"text {text_[:20]!r}", "FeelSyntaxError", text_
    for text_ in (
        "for i in 1..1000000000 return i",
        "for i in 1..50000 return for j in 1..50000 return 1",
        "every i in 1..99999 satisfies every j in [1..99999) satisfies j > 0",
        "count((for i in 1..90000 return i)[item > 0][item > 0][item > 0][item > 0][item > 0])",
        "{f: function(n) f(n + 1), r: f(1)}.r",
        "{f: function(n) if n < 1 then 1 else f(n - 1) + f(n - 1), r: f(60)}.r",
        "for i in 1..99999 return partial",
        "distinct values(for i in 1..90000 return [i])",
    ):
        yield f"greed {text_[:40]}", "FeelLimitError", text_
