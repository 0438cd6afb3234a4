// A group of the panel: a heading that folds, with one line at its right that says what is set inside.
import { LayoutContext, useEvent, useLayoutState } from "@bpmn-io/properties-panel";
import { useCallback, useContext, useEffect, useRef } from "@bpmn-io/properties-panel/preact/hooks";
import { useService } from "bpmn-js-properties-panel";
import { useDesk } from "./hooks.js";
import { Chevron } from "./icons.jsx";
import { groupOf } from "./mending.js";

const CONTROLS = ":is(input, select, textarea, button, [contenteditable=true]):not(:disabled)";

const worst = (findings) => (findings.some(({ level }) => level === "standard") ? "standard" : findings.length ? "house" : "");

export function Group({ id, label, facts, summary, body: Body, shouldOpen }) {
  const [open, setOpen] = useLayoutState(["groups", id, "open"], shouldOpen);
  const desk = useDesk();
  const trouble = worst(desk.findings(facts.id).filter((finding) => groupOf(finding, facts) === id));
  const head = useRef(null);
  const onShow = useCallback(() => setOpen(true), [setOpen]);
  const layout = { ...useContext(LayoutContext), onShow };
  const show = () => {
    if (!desk.wants(facts.id, id)) return;
    setOpen(true);
    head.current.focus();
    requestAnimationFrame(() => focusInside(head.current));
  };
  useEffect(show, [facts.id]); // asked for before the panel turned to this element
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

/** What mends it is at hand: the first thing in the group that can be chosen, typed or pressed. */
function focusInside(head) {
  const section = head?.closest("section");
  if (!section) return;
  (section.querySelector(`.g-prop__b ${CONTROLS}`) ?? head).focus();
  section.scrollIntoView({ block: "nearest" });
}
