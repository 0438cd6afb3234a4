// 取消: a transaction is called off; what was done inside it is undone first.
import { eventOf, throws } from "../facts.js";
import { Sentence } from "../fields.jsx";
import { w } from "../words/index.js";

const Cancel = ({ facts: { bo } }) => <Sentence>{w(throws(bo) ? "cancel.say.thrown" : "cancel.say", { name: (throws(bo) ? bo.$parent : bo.attachedToRef)?.name ?? "" })}</Sentence>;

export const cancel = { id: "cancel", fits: ({ bo }) => Boolean(eventOf(bo, "Cancel")), open: () => true, summary: () => "", body: Cancel };
