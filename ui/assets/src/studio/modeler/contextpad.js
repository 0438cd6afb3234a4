// The pad beside a selected element: what may follow it (only what the engine runs), connect, change, note, delete.
import ContextPadProvider from "bpmn-js/lib/features/context-pad/ContextPadProvider";
import { isEventSubProcess } from "bpmn-js/lib/util/DiUtil";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { t } from "./words.js";

const FOLLOWERS = [
  ["append.user-task", "bpmn-icon-user-task", "studio.append.userTask", { type: "bpmn:UserTask" }],
  ["append.service-task", "bpmn-icon-service-task", "studio.append.serviceTask", { type: "bpmn:ServiceTask" }],
  ["append.gateway", "bpmn-icon-gateway-xor", "studio.append.gateway", { type: "bpmn:ExclusiveGateway" }],
  ["append.timer", "bpmn-icon-intermediate-event-catch-timer", "studio.append.timer", { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition" }],
  ["append.end-event", "bpmn-icon-end-event-none", "studio.append.end", { type: "bpmn:EndEvent" }],
];

class ContextPad extends ContextPadProvider {
  getContextPadEntries(element) {
    const stock = super.getContextPadEntries(element);
    const kept = Object.entries(stock).filter(([name]) => !name.startsWith("append.") || name === "append.text-annotation");
    const pad = { ...(canBeFollowed(element) ? this.followers() : {}), ...Object.fromEntries(kept) };
    if (pad.replace) pad.replace.action = { click: (event, target) => this.openReplaceMenu(event, target) };
    return pad;
  }

  /** Below the pad; also from the keyboard, where the event has no place of its own. */
  openReplaceMenu(event, element) {
    const box = document.querySelector(".djs-context-pad.open")?.getBoundingClientRect() ?? { left: event.x, bottom: event.y };
    const position = { x: box.left, y: box.bottom + 5, cursor: { x: event.x, y: event.y } };
    this._popupMenu.open(element, "bpmn-replace", position, { title: this._translate("Change element"), width: 300, search: true });
  }

  followers() {
    return Object.fromEntries(FOLLOWERS.map(([name, className, key, shape]) => [name, this.follower(className, t(key), shape)]));
  }

  follower(className, title, { type, ...options }) {
    const shape = () => this._elementFactory.createShape({ type, ...options });
    return {
      group: "model",
      className,
      title,
      action: {
        dragstart: (event, element) => this._create.start(event, shape(), { source: element }),
        click: (_event, element) => this._autoPlace.append(element, shape()),
        hover: (_event, element) => {
          this._appendPreview.create(element, type, options);
          return () => this._appendPreview.cleanUp();
        },
      },
    };
  }
}

ContextPad.$inject = ContextPadProvider.$inject;

function canBeFollowed(element) {
  const subject = element.businessObject;
  return element.type !== "label" && is(subject, "bpmn:FlowNode") && !is(subject, "bpmn:EndEvent") && !isEventSubProcess(subject);
}

export const contextPadModule = { contextPadProvider: ["type", ContextPad] };
