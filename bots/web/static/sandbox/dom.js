// Trees of plain values, put into the page with as few changes as possible, so that focus, typing and scrolling
// survive every update. Texts become text nodes and never markup.

const TREE = Symbol("what was drawn here");
const HANDLERS = Symbol("listeners by event");
const SVG = new Set(["svg", "path", "circle", "rect", "g"]);
const AS_PROPERTY = new Set(["value", "checked", "selected"]);

/** An element. `props`: attributes, and `on` {event: listener}, `style` {property: value}, `key`, `mounted` (node). */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: flat(children) };
}

/** Make the children of `parent` look like `tree`. */
export function draw(parent, ...tree) {
  const before = parent[TREE] ?? [];
  const after = flat(tree);
  const nodes = matched(before, after);
  place(parent, nodes);
  parent[TREE] = after;
}

function flat(children) {
  const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  return kept.map((child) => (typeof child === "object" ? child : { text: String(child) }));
}

function identity(entry) {
  return entry.tag === undefined ? "#text" : `${entry.tag} ${entry.props.key ?? ""}`;
}

/** The nodes of `after` in order: old ones brought up to date where there is one of the same name, else new ones. */
function matched(before, after) {
  const spare = new Map();
  for (const old of before) {
    const name = identity(old);
    spare.set(name, [...(spare.get(name) ?? []), old]);
  }
  const nodes = after.map((fresh) => {
    const old = spare.get(identity(fresh))?.shift();
    fresh.node = old ? updated(old, fresh) : created(fresh);
    return fresh.node;
  });
  for (const left of spare.values()) left.forEach((old) => old.node.remove());
  return nodes;
}

function place(parent, nodes) {
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

function created(entry) {
  if (entry.tag === undefined) return document.createTextNode(entry.text);
  const node = SVG.has(entry.tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", entry.tag)
    : document.createElement(entry.tag);
  node[HANDLERS] = {};
  draw(node, entry.children); // before the properties: a select takes its value from its options
  dress(node, {}, entry.props);
  if (entry.props.mounted) queueMicrotask(() => entry.props.mounted(node));
  return node;
}

function updated(old, fresh) {
  const { node } = old;
  if (fresh.tag === undefined) {
    if (old.text !== fresh.text) node.data = fresh.text;
    return node;
  }
  draw(node, fresh.children);
  dress(node, old.props, fresh.props);
  return node;
}

function dress(node, before, after) {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (name === "on") listen(node, after.on ?? {});
    else if (name === "style") paint(node, before.style ?? {}, after.style ?? {});
    else if (AS_PROPERTY.has(name)) setProperty(node, name, after[name]);
    else if (name !== "key" && name !== "mounted" && before[name] !== after[name])
      setAttribute(node, name, after[name]);
  }
}

function setProperty(node, name, value) {
  if (node[name] !== value) node[name] = value ?? "";
}

function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : value);
}

/** By property: the content security policy refuses style attributes. */
function paint(node, before, after) {
  for (const name of Object.keys(before)) if (!(name in after)) node.style.removeProperty(name);
  for (const [name, value] of Object.entries(after)) node.style.setProperty(name, value);
}

function listen(node, handlers) {
  for (const name of Object.keys(handlers)) {
    if (!(name in node[HANDLERS])) node.addEventListener(name, (event) => node[HANDLERS][name]?.(event));
  }
  node[HANDLERS] = { ...Object.fromEntries(Object.keys(node[HANDLERS]).map((name) => [name, null])), ...handlers };
}
