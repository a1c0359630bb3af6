// Elements made without markup, and put in the place of others without disturbing whoever uses them.

/** A new element. on: what to run for each event; key: tells a list's items apart; all else are attributes. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "on") listen(node, value);
    else if (name === "key") node.drawKey = String(value);
    else if (name === "value") node.value = value;
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, value);
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function button(text, run, kind = "", props = {}) {
  return el("button", { type: "button", class: `button ${kind}`, on: { click: run }, ...props }, text);
}

/** Each event of a node is heard once; what it runs may be exchanged. */
function listen(node, runs) {
  node.drawRuns = runs;
  node.drawHears ??= new Set();
  for (const event of Object.keys(runs)) {
    if (node.drawHears.has(event)) continue;
    node.drawHears.add(event);
    node.addEventListener(event, (heard) => node.drawRuns[event]?.(heard));
  }
}

let pressed = false;
const later = new Set();
addEventListener("pointerdown", () => { pressed = true; }, true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => setTimeout(() => { pressed = false; for (const run of later) run(); later.clear(); }, 0), true);
}

/** Draw at the next frame, but never between a press and its release: the click would be lost. */
export function drawSoon(run) {
  requestAnimationFrame(() => { if (pressed) later.add(run); else run(); });
}

/** Let an element hold something else. What is the same stays the same node: focus, open lists and folds, and what is
 * being typed or read out are left alone. */
export function fill(node, ...children) {
  const active = document.activeElement, inside = active && active !== node && node.contains(active);
  const fresh = document.createElement(node.tagName);
  append(fresh, children);
  become(node, fresh);
  if (!inside || active.isConnected) return;
  // The focused one has moved to another place in the page.
  const again = active.id ? document.getElementById(active.id) : [...node.querySelectorAll(active.tagName)].find((one) => keyOf(one) === keyOf(active));
  again?.focus({ preventScroll: true });
}

/** What two nodes must share to be the same one: a button that says something else is another button. */
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
  const tag = node.tagName;
  const words = node.id || node.drawKey || (tag === "BUTTON" ? node.getAttribute("aria-label") || node.textContent
    : tag === "DETAILS" ? node.querySelector("summary")?.textContent : tag === "INPUT" ? node.type : "");
  return `${tag} ${words}`;
}

/** Make a node's children equal to another's. */
function become(node, wanted) {
  const old = new Map();
  for (const child of node.childNodes) {
    const key = keyOf(child);
    if (old.has(key)) old.get(key).push(child); else old.set(key, [child]);
  }
  const pairs = [...wanted.childNodes].map((fresh) => [fresh, old.get(keyOf(fresh))?.shift()]);
  for (const left of old.values()) for (const one of left) one.remove();
  let place = node.firstChild;
  for (const [fresh, same] of pairs) {
    if (!same) { node.insertBefore(fresh, place); continue; }
    // Taking a node out and putting it in again would take the focus from it.
    if (same === place) place = place.nextSibling; else node.insertBefore(same, place);
    change(same, fresh);
  }
}

function change(node, fresh) {
  if (node.nodeType !== Node.ELEMENT_NODE) { if (node.data !== fresh.data) node.data = fresh.data; return; }
  for (const { name } of [...node.attributes]) if (!fresh.hasAttribute(name) && !own(node, name)) node.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (node.getAttribute(name) !== value && !own(node, name)) node.setAttribute(name, value);
  if (node.style && node.style.cssText !== fresh.style.cssText) node.style.cssText = fresh.style.cssText;
  if (fresh.drawRuns || node.drawRuns) listen(node, fresh.drawRuns ?? {});
  node.drawKey = fresh.drawKey;
  become(node, fresh);
  if ("value" in node && node.tagName !== "LI" && node.value !== fresh.value) node.value = fresh.value;
  if ("checked" in node && node.checked !== fresh.checked) node.checked = fresh.checked;
}

/** Whether a fold is open is its reader's business; a style is set as an object, which the page's policy allows. */
function own(node, name) { return name === "style" || (name === "open" && node.tagName === "DETAILS"); }
