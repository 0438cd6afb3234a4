// The share of a vote: ⅔ of all and the like, what an abstention counts as, and what that means for so many people.
import { SelectField, Sentence, TextField } from "../fields.jsx";
import { decisive } from "../vote-rule.js";
import { w } from "../words/index.js";

const SHARES = ["1/2", "2/3", "3/4", "1/1"];
const EXAMPLES = [3, 5, 7];
const TERM = /^(\d{1,4}|[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*)$/u;

const term = (text) => (TERM.test(text ?? "") ? null : w("share.term"));

export function Share({ rule, put }) {
  const { numerator, denominator } = rule;
  const share = `${numerator}/${denominator}`;
  const listed = SHARES.includes(share);
  const choose = (next) => {
    const [upper, lower] = next === "other" ? ["3", "5"] : next.split("/");
    put({ ...rule, numerator: upper, denominator: lower });
  };
  const options = [...SHARES.map((one) => [one, w(one === "1/1" ? "share.everybody" : "share.least", { share: one })]), ["other", w("share.other")]];
  return (
    <>
      <div class="g-two">
        <SelectField id="share" label={w("share.label")} value={listed ? share : "other"} options={options} write={choose} />
        <SelectField
          id="abstentions"
          label={w("share.abstain")}
          value={rule.abstentions}
          options={[["against", w("share.against")], ["outside", w("share.outside")]]}
          write={(abstentions) => put({ ...rule, abstentions })}
        />
      </div>
      {!listed && (
        <div class="g-two">
          <TextField id="numerator" label={w("share.numerator")} value={numerator} check={term} write={(text) => put({ ...rule, numerator: text })} />
          <TextField id="denominator" label={w("share.denominator")} value={denominator} check={term} write={(text) => put({ ...rule, denominator: text })} />
        </div>
      )}
      {!listed && <p class="g-hint">{w("share.other.hint")}</p>}
    </>
  );
}

/** 5 人时，同意满 4 票即通过，不同意满 2 票即不通过 */
export function ShareSays({ rule }) {
  const fixed = decisive(rule, 5);
  const bad = /^\d+$/.test(rule.numerator) && /^\d+$/.test(rule.denominator) && !fixed;
  if (bad) return <Sentence warn>{w("share.never")}</Sentence>;
  const example = fixed ?? decisive({ numerator: 2, denominator: 3 }, 5);
  const against = w(rule.abstentions === "against" ? "share.say.against" : "share.say.outside");
  const others = EXAMPLES.filter((people) => people !== 5).map((people) => w("share.example", { people, pass: decisive(fixed ? rule : { numerator: 2, denominator: 3 }, people).pass }));
  return (
    <Sentence>
      {!fixed && w("share.say.table", { numerator: rule.numerator, denominator: rule.denominator })}
      {w("share.say", { people: 5, pass: example.pass, fail: example.fail })}
      {w("share.say.others", { others: others.join(w("semicolon")) })}
      {against}
    </Sentence>
  );
}
