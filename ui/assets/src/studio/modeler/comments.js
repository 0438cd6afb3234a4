// Comments of a file, which moddle reads over: put back where they stood into the text that it writes.

/** The new text with the comments of the old one: each before the first element after it that is still there. */
export function withComments(old, fresh) {
  if (!old.includes("<!--")) return fresh;
  let text = fresh;
  for (const { comment, ids, place } of commentsOf(old)) text = insert(text, comment, place === "inside" ? ids : [], place);
  return text;
}

/** [{ comment, ids, place }]: the ids of all elements after it, nearest first; whether it stands before, inside or after the root. */
function commentsOf(xml) {
  const page = new DOMParser().parseFromString(xml, "text/xml");
  if (page.querySelector("parsererror")) return [];
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_ELEMENT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const root = page.documentElement;
  return nodes.flatMap((node, at) => {
    if (node.nodeType !== Node.COMMENT_NODE) return [];
    const after = node.compareDocumentPosition(root);
    const place = node.parentNode !== page ? "inside" : after & Node.DOCUMENT_POSITION_FOLLOWING ? "before" : "after";
    const ids = nodes.slice(at + 1).flatMap((one) => one.id || []);
    return [{ comment: `<!--${node.data}-->`, ids, place }];
  });
}

function insert(text, comment, ids, place) {
  if (place === "after") return `${text.trimEnd()}\n${comment}\n`;
  const at = place === "before" ? startOfRoot(text) : (ids.map((id) => startOf(text, id)).find((one) => one >= 0) ?? text.lastIndexOf("</"));
  const indent = /[ \t]*$/.exec(text.slice(0, at))[0];
  return `${text.slice(0, at)}${comment}\n${indent}${text.slice(at)}`;
}

const startOfRoot = (text) => /<[A-Za-z_]/.exec(text).index;

/** Where the tag of this id begins; -1 without one. A tag holds no "<" before its end. */
function startOf(text, id) {
  const found = text.indexOf(` id="${id}"`);
  const at = found < 0 ? -1 : text.lastIndexOf("<", found);
  return at >= 0 && /^<[A-Za-z_]/.test(text.slice(at)) && !text.slice(at, found).includes(">") ? at : -1;
}
