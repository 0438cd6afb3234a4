// form-js has no translation hook. While bundling, its English strings are exchanged for calls of our own word table.
// Each exchange names the exact source text and how often it stands there: a new version of form-js that says something
// else breaks the build instead of showing English to people.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const once = (from, to) => ({ from, to, times: 1 });

const EXCHANGES = [
  // validation: the label of the field goes into the sentence
  once("errors.push('Value is not a number.')", "errors.push(__t('form.number'))"),
  once(
    "errors.push('Value is expected to ' + (decimalDigits === 0 ? 'be an integer' : `have at most ${decimalDigits} decimal digit${decimalDigits > 1 ? 's' : ''}`) + '.')",
    "errors.push(decimalDigits === 0 ? __t('form.integer') : __t('form.decimals', { n: decimalDigits }))",
  ),
  once(
    "errors.push(`Please select a valid value, the two nearest valid values are ${previousValue} and ${nextValue}.`)",
    "errors.push(__t('form.step', { a: previousValue, b: nextValue }))",
  ),
  once("`Field must match pattern ${validation.pattern}.`", "__t('form.pattern')"),
  once("errors.push('Field is required.')", "errors.push(__required(field))"),
  once("errors.push(`Field must have minimum value of ${validation.min}.`)", "errors.push(__t('form.min', { n: validation.min }))"),
  once("errors.push(`Field must have maximum value of ${validation.max}.`)", "errors.push(__t('form.max', { n: validation.max }))"),
  once("errors.push('Min validation value is not a valid number.')", "errors.push(__t('form.limit'))"),
  once("errors.push('Max validation value is not a valid number.')", "errors.push(__t('form.limit'))"),
  once(
    "errors.push(`Field must have minimum length of ${validation.minLength}.`)",
    "errors.push(__t('form.minLength', { n: validation.minLength, has: value.trim().length }))",
  ),
  once(
    "errors.push(`Field must have maximum length of ${validation.maxLength}.`)",
    "errors.push(__t('form.maxLength', { n: validation.maxLength, over: value.trim().length - validation.maxLength }))",
  ),
  once("'Field must be a valid  international phone number. (e.g. +4930664040900)'", "__t('form.phone')"),
  once("'Field must be a valid email.'", "__t('form.email')"),
  once("'Date and time must both be entered.'", "__t('form.dateAndTime')"),
  // placeholders and controls
  once("emptyListMessage = 'No results'", "emptyListMessage = __t('form.noResults')"),
  once("hasOptionsLeft ? 'No results' : 'All values selected'", "hasOptionsLeft ? __t('form.noResults') : __t('form.allSelected')"),
  once("placeholder: use24h ? 'hh:mm' : 'hh:mm --'", "placeholder: __t('form.time')"),
  once("        placeholder: 'Search'", "        placeholder: __t('form.search')"),
  once("placeholder: disabled || readonly ? undefined : 'Search'", "placeholder: disabled || readonly ? undefined : __t('form.search')"),
  once('label: "Skip to search"', "label: __t('form.skip')"),
  once('title: "Remove tag"', "title: __t('form.remove')"),
  once('"aria-label": "Increment"', "\"aria-label\": __t('form.more')"),
  once('"aria-label": "Decrement"', "\"aria-label\": __t('form.less')"),
  once("evaluatedColumns.length === 0 ? 'Nothing to show.'", "evaluatedColumns.length === 0 ? __t('form.nothing')"),
  once('children: "Nothing to show."', "children: __t('form.nothing')"),
  once('"aria-label": "Previous page"', "\"aria-label\": __t('form.previous')"),
  once('"aria-label": "Next page"', "\"aria-label\": __t('form.next')"),
  once('[currentPage + 1, " of ", chunkedData.length]', '[currentPage + 1, " / ", chunkedData.length]'),
  once("`Click to sort by ${label} descending`", "__t('form.sortDown', { label })"),
  once("'Click to remove sorting'", "__t('form.sortOff')"),
  once("`Click to sort by ${label} ascending`", "__t('form.sortUp', { label })"),
  once('children: "Browse"', "children: __t('form.browse')"),
  once("return 'No files selected'", "return __t('form.noFiles')"),
  once("`${files.length} files selected`", "__t('form.files', { n: files.length })"),
  once("'Add new'", "__t('form.add')"),
  once("`Expand all (${values.length - 1})`", "__t('form.expand', { n: values.length - 1 })"),
  once('jsx(SvgCollapse, {}), " ", \'Collapse\'', "jsx(SvgCollapse, {}), \" \", __t('form.collapse')"),
  once("`Remove list item ${itemIndex + 1}`", "__t('form.removeItem', { n: itemIndex + 1 })"),
  once('alt: "This is an image placeholder"', "alt: __t('form.image')"),
  once('text: "No content to show."', "text: __t('form.nothing')"),
  once('text: "External content couldn\'t be loaded."', "text: __t('form.nothing')"),
  once("errors.push('Document reference is not defined.')", "errors.push(__t('form.document'))"),
  once("errors: ['Unable to download document']", "errors: [__t('form.document')]"),
  once("const errorMessage = 'Unable to download document'", "const errorMessage = __t('form.document')"),
  once('"aria-label": `Download ${fileName}`', "\"aria-label\": __t('form.download', { name: fileName })"),
  // the asterisk is for eyes; screen readers hear the word
  once(
    'class: "fjs-asterix",\n      "aria-hidden": true,\n      children: "*"\n    })',
    'class: "fjs-asterix",\n      "aria-hidden": true,\n      children: "*"\n    }), required && jsx("span", {\n      class: "g-sr",\n      children: __t("form.required")\n    })',
  ),
  // dates are written 2026-11-06 whatever the browser's locale is
  once(
    "function getLocaleDateFormat(locale = 'default') {",
    "function getLocaleDateFormat() {\n  return 'yyyy-MM-dd';\n}\nfunction getForeignDateFormat(locale = 'default') {",
  ),
  once("let format = getLocaleDateFormat(locale).toLowerCase();", "return __t('form.date');\n  let format = getLocaleDateFormat(locale).toLowerCase();"),
  once("minDate: disallowPassedDates ? 'today' : '01/01/1900'", "minDate: disallowPassedDates ? 'today' : '1900-01-01'"),
  // the phone's keyboard shows figures
  once('type: "text",\n          autoComplete: "off",\n          step: incrementAmount', 'type: "text",\n          inputMode: "decimal",\n          autoComplete: "off",\n          step: incrementAmount'),
];

// A list of choices is a native select: phones show their own picker, screen readers and keys work.
const SELECT = /function SimpleSelect\(props\) \{[\s\S]*?\n\}\n/;
const NATIVE_SELECT = `function SimpleSelect(props) {
  const { loadState, options } = useOptionsAsync(props.field);
  useCleanupSingleSelectValue({ field: props.field, loadState, options, value: props.value, onChange: props.onChange });
  return __nativeSelect(jsx, props, options);
}
`;

export function formWords(here) {
  const words = JSON.stringify(join(here, "src/form/words.js"));
  return {
    name: "form-words",
    setup(build) {
      build.onLoad({ filter: /form-js-viewer[\\/]dist[\\/]index\.es\.js$/ }, async ({ path }) => {
        let code = await readFile(path, "utf8");
        for (const { from, to, times } of EXCHANGES) {
          const found = code.split(from).length - 1;
          if (found !== times) throw new Error(`form-js: expected ${times} × ${from}\nbut found ${found}; see build/form-words.mjs`);
          code = code.replaceAll(from, () => to);
        }
        if (!SELECT.test(code)) throw new Error("form-js: SimpleSelect is gone; see build/form-words.mjs");
        code = code.replace(SELECT, () => NATIVE_SELECT);
        return { contents: `import { t as __t, required as __required, nativeSelect as __nativeSelect } from ${words};\n${code}`, loader: "js" };
      });
    },
  };
}
