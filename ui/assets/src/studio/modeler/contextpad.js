// The pad beside a selected element: what may follow it (only what the engine runs), connect, change, note, delete.
import ContextPadProvider from "bpmn-js/lib/features/context-pad/ContextPadProvider";
import { canBeFollowed, hasNext } from "./anything.js";
import { t } from "./words.js";

const FOLLOWERS = [
  ["append.user-task", "bpmn-icon-user-task", "studio.append.userTask", { type: "bpmn:UserTask" }],
  ["append.service-task", "bpmn-icon-service-task", "studio.append.serviceTask", { type: "bpmn:ServiceTask" }],
  ["append.gateway", "bpmn-icon-gateway-xor", "studio.append.gateway", { type: "bpmn:ExclusiveGateway" }],
  ["append.timer", "bpmn-icon-intermediate-event-catch-timer", "studio.append.timer", { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition" }],
  ["append.end-event", "bpmn-icon-end-event-none", "studio.append.end", { type: "bpmn:EndEvent" }],
];

const KEPT = ["append.text-annotation", "append.compensation-activity"];

class ContextPad extends ContextPadProvider {
  constructor(config, injector, ...others) {
    super(config, injector, ...others);
    this._anything = () => injector.get("guichengAnything");
  }

  getContextPadEntries(element) {
    const stock = super.getContextPadEntries(element);
    const waits = element.type === "bpmn:EventBasedGateway"; // what may follow it, bpmn-js offers already
    const kept = Object.entries(stock).filter(([name]) => !name.startsWith("append.") || waits || KEPT.includes(name));
    const simple = canBeFollowed(element) && !waits;
    const pad = { ...(simple ? this.followers() : {}), ...(hasNext(element) ? { "append.anything": this.more() } : {}), ...Object.fromEntries(kept) };
    if (pad.replace) pad.replace.action = { click: (event, target) => this.openReplaceMenu(event, target) };
    return pad;
  }

  /** Below the pad; also from the keyboard, where the event has no place of its own. */
  openReplaceMenu(event, element) {
    this._popupMenu.open(element, "bpmn-replace", this.below(event), { title: this._translate("Change element"), width: 300, search: true });
  }

  below(event) {
    const box = document.querySelector(".djs-context-pad.open")?.getBoundingClientRect() ?? { left: event.x, bottom: event.y };
    return { x: box.left, y: box.bottom + 5, cursor: { x: event.x, y: event.y } };
  }

  /** Everything else that may come next, also onto the border. */
  more() {
    const click = (event, element) => this._anything().open(this.below(event), element);
    return { group: "model", className: "bpmn-icon-plus g-pad-more", title: t("studio.append.more"), action: { click } };
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

export const contextPadModule = { contextPadProvider: ["type", ContextPad] };
