"""A small process around one element as other tools write it."""

from __future__ import annotations

SPACES = """xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn" xmlns:guicheng="urn:guicheng:bpmn:1"
"""


def drawn(node: str, start: str = "", tops: str = "", process: str = "", condition: str = "${x}") -> bytes:
    """A process of the node `a`, with settings of the start and of the process, and a condition behind it."""
    return f"""<definitions {SPACES} id="d" targetNamespace="urn:x">{tops}
      <process id="p" isExecutable="true" {process}>
        <startEvent id="s" {start}/>
        {node}
        <exclusiveGateway id="g" default="no"/>
        <endEvent id="e"/><endEvent id="n"/>
        <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="g"/>
        <sequenceFlow id="yes" sourceRef="g" targetRef="e">
          <conditionExpression>{condition}</conditionExpression>
        </sequenceFlow>
        <sequenceFlow id="no" sourceRef="g" targetRef="n"/>
      </process></definitions>""".encode()


def user(attributes: str = "", inside: str = "", **more: str) -> bytes:
    return drawn(f'<userTask id="a" {attributes}>{inside}</userTask>', **more)


def service(attributes: str, extensions: str = "") -> bytes:
    return drawn(f'<serviceTask id="a" {attributes}><extensionElements>{extensions}</extensionElements></serviceTask>')
