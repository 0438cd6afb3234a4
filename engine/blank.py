"""The diagram a new procedure begins with: a pool with one lane, a start, one step, an end; it can be run as it is."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

_BLANK = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
xmlns:guicheng="urn:guicheng:bpmn:1" id="{key}_definitions" targetNamespace="urn:guicheng:workflows" \
exporter="Guicheng" exporterVersion="1.0">
  <bpmn:collaboration id="{key}_collaboration">
    <bpmn:participant id="{key}_pool" name={name} processRef="{key}" />
  </bpmn:collaboration>
  <bpmn:process id="{key}" name={name} isExecutable="true" guicheng:prefix={prefix}{clauses}>
    <bpmn:laneSet id="{key}_lanes">
      <bpmn:lane id="lane_1" name="办理部门">
        <bpmn:flowNodeRef>submit</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>step_1</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>closed</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="submit" name="提出">
      <bpmn:outgoing>flow_1</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="flow_1" sourceRef="submit" targetRef="step_1" />
    <bpmn:userTask id="step_1" name="办理">
      <bpmn:extensionElements>
        <guicheng:actions>
          <guicheng:action value="submit" label="提交" kind="submit" opinion="optional" />
        </guicheng:actions>
      </bpmn:extensionElements>
      <bpmn:incoming>flow_1</bpmn:incoming>
      <bpmn:outgoing>flow_2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="flow_2" sourceRef="step_1" targetRef="closed" />
    <bpmn:endEvent id="closed" name="办结" guicheng:outcome="completed">
      <bpmn:incoming>flow_2</bpmn:incoming>
    </bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="{key}_diagram">
    <bpmndi:BPMNPlane id="{key}_plane" bpmnElement="{key}_collaboration">
      <bpmndi:BPMNShape id="{key}_pool_shape" bpmnElement="{key}_pool" isHorizontal="true">
        <dc:Bounds x="160" y="80" width="760" height="220" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="lane_1_shape" bpmnElement="lane_1" isHorizontal="true">
        <dc:Bounds x="190" y="80" width="730" height="220" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="submit_shape" bpmnElement="submit">
        <dc:Bounds x="272" y="172" width="36" height="36" />
        <bpmndi:BPMNLabel><dc:Bounds x="270" y="215" width="40" height="18" /></bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="step_1_shape" bpmnElement="step_1">
        <dc:Bounds x="460" y="150" width="120" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="closed_shape" bpmnElement="closed">
        <dc:Bounds x="742" y="172" width="36" height="36" />
        <bpmndi:BPMNLabel><dc:Bounds x="740" y="215" width="40" height="18" /></bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="flow_1_edge" bpmnElement="flow_1">
        <di:waypoint x="308" y="190" />
        <di:waypoint x="460" y="190" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="flow_2_edge" bpmnElement="flow_2">
        <di:waypoint x="580" y="190" />
        <di:waypoint x="742" y="190" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""


def blank_diagram(key: str, name: str, prefix: str, clauses: str = "") -> bytes:
    """The diagram of a new procedure; names are written as XML wants them. `clauses`: numbers, separated by blanks."""
    served = f" guicheng:clauses={quoteattr(clauses)}" if clauses else ""
    return _BLANK.format(key=key, name=quoteattr(name), prefix=quoteattr(prefix), clauses=served).encode()
