// 表单: which form the step shows; a new one is put into the draft at once.
import { FormPart } from "../part.jsx";
import { useDesk, usePen } from "../hooks.js";
import { w } from "../words/index.js";

const SCHEMA = 18; // form-js's version of its file format

function Form({ facts: { element, bo, process, name } }) {
  const pen = usePen();
  const desk = useDesk();
  const chosen = bo.get("camunda:formRef");
  const choose = (form) => pen.set(element, bo, { "camunda:formRef": form });
  const make = async (form) => {
    const content = { type: "default", id: `${process?.id ?? "form"}_${form}`, schemaVersion: SCHEMA, exporter: { name: "Guicheng", version: "1.0" }, components: [] };
    const done = await desk.create("form", form, JSON.stringify(content, null, 2));
    choose(form);
    return done;
  };
  const options = desk.parts("form").map((part) => [part.name, part.title && part.title !== part.name ? w("part.titled", part) : part.name]);
  return <FormPart kind="form" value={chosen} options={options} choose={choose} make={make} proposal={bo.id} title={name} />;
}

const summary = ({ bo }, desk) => {
  const chosen = bo.get("camunda:formRef");
  const part = desk.parts("form").find((one) => one.name === chosen);
  return chosen ? part?.title || chosen : w("none");
};

export const form = { id: "form", fits: ({ kind, outermost, event }) => kind === "userTask" || (kind === "startEvent" && outermost && !event), open: () => false, summary, body: Form };
