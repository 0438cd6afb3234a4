// A group of the panel: a heading that folds, with one line at its right that says what is set inside.
import { LayoutContext, useEvent, useLayoutState } from "@bpmn-io/properties-panel";
import { useCallback, useContext, useRef } from "@bpmn-io/properties-panel/preact/hooks";
import { useService } from "bpmn-js-properties-panel";
import { groupOf } from "./head.jsx";
import { useDesk } from "./hooks.js";
import { Chevron } from "./icons.jsx";

const worst = (findings) => (findings.some(({ level }) => level === "standard") ? "standard" : findings.length ? "house" : "");

export function Group({ id, label, facts, summary, body: Body, shouldOpen }) {
  const [open, setOpen] = useLayoutState(["groups", id, "open"], shouldOpen);
  const desk = useDesk();
  const trouble = worst(desk.findings(facts.id).filter((finding) => groupOf(finding, facts.kind) === id));
  const head = useRef(null);
  const onShow = useCallback(() => setOpen(true), [setOpen]);
  const layout = { ...useContext(LayoutContext), onShow };
  const show = ({ group }) => {
    if (group !== id) return;
    setOpen(true);
    head.current.scrollIntoView({ block: "nearest" });
    head.current.focus();
  };
  useEvent("guicheng.showGroup", show, useService("eventBus"));
  return (
    <section class="g-prop" data-group={id}>
      <h3>
        <button type="button" class="g-prop__head" ref={head} aria-expanded={open ? "true" : "false"} aria-controls={`group-${id}`} onClick={() => setOpen(!open)}>
          <Chevron />
          <span>{label}</span>
          {trouble && <span class={`g-propdot g-propdot--${trouble}`} aria-hidden="true" />}
          <span class="g-end">{summary(facts, desk)}</span>
        </button>
      </h3>
      <div class="g-prop__b" id={`group-${id}`} hidden={!open}>
        {open && (
          <LayoutContext.Provider value={layout}>
            <Body key={facts.element.id} facts={facts} />
          </LayoutContext.Provider>
        )}
      </div>
    </section>
  );
}
