// The map as SVG: shaded countries with patterns, names, hotspots, missions, arcs; moved by pointer, keys and buttons.
import { el } from "./draw.js";

const NS = "http://www.w3.org/2000/svg";
const LADDER = ["#F7F3EA", "#E7DAB4", "#CDBA88", "#AECCE4", "#86AECD", "#5F87AC"];
const HEAT = ["#F4EBD3", "#F0CF93", "#E4A25A", "#C9683A", "#963A32"];
const HEALTH = ["#C9683A", "#E8BD8C", "#F2EBD9", "#A9CFC9", "#57A39C"];
const HOME = { narrow: [-4700, -3100, 8600, 7400], wide: [-6200, -4300, 15500, 9700] };

function svg(tag, props = {}, text = "") {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}

export function colours(scale, count) {
  if (scale === "health") return HEALTH;
  if (scale === "heat") return HEAT;
  return Array.from({ length: count }, (_, i) => LADDER[Math.round((i * (LADDER.length - 1)) / Math.max(1, count - 1))]);
}

let files = null;
const load = () => (files ??= Promise.all([fetch("/map.svg").then((r) => r.text()), fetch("/map.json").then((r) => r.json())]));

export class AtlasMap {
  /** node: where it goes; controls: whether it can be moved. */
  constructor(node, { controls = true, home = null, size = 1 } = {}) {
    this.size = size;
    this.node = node; this.controls = controls; this.picture = null; this.mode = ""; this.home = home;
    this.ready = load().then(([text, places]) => this.build(text, places));
  }

  build(text, places) {
    this.places = places;
    const drawn = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    this.svg = document.importNode(drawn, true);
    this.svg.setAttribute("class", "atlas");
    this.svg.setAttribute("aria-label", "Map of the region");
    this.svg.insertBefore(this.patterns(), this.svg.firstChild);
    this.textures = svg("g", { class: "textures" });
    this.svg.insertBefore(this.textures, this.svg.querySelector(".line"));
    this.marks = svg("g", { class: "marks" });
    this.svg.append(this.marks);
    const frame = el("div", { class: "atlas-frame" });
    frame.append(this.svg);
    if (this.controls) {
      const tools = el("div", { class: "atlas-tools" },
        this.tool("+", "Closer", () => this.zoom(0.75)), this.tool("−", "Further", () => this.zoom(1.34)),
        this.tool("⌂", "Whole region", () => this.go(this.start())));
      frame.append(tools);
      this.pointers();
    }
    this.node.replaceChildren(frame);
    this.go(this.start());
    new ResizeObserver(() => { if (!this.moved) this.go(this.start()); this.draw(); }).observe(this.node);
    if (this.picture) this.show(this.picture);
  }

  start() {
    if (this.home) return this.home;
    return this.node.clientWidth < 620 ? HOME.narrow : HOME.wide;
  }

  tool(text, title, run) {
    return el("button", { type: "button", class: "tool", "aria-label": title, title, on: { click: () => { this.moved = true; run(); } } }, text);
  }

  patterns() {
    const defs = svg("defs");
    const add = (id, draw) => {
      const one = svg("pattern", { id: `p-${id}`, width: 150, height: 150, patternUnits: "userSpaceOnUse" });
      draw(one); defs.append(one);
    };
    const line = (d) => svg("path", { d, stroke: "#14212E", "stroke-opacity": ".28", "stroke-width": "14", fill: "none" });
    add("hatch", (one) => one.append(line("M-20 170L170-20M-95 95L95-95M55 245L245 55")));
    add("back_hatch", (one) => one.append(line("M-20-20L170 170M55-95L245 95M-95 55L95 245")));
    add("cross", (one) => one.append(line("M-20 170L170-20M-20-20L170 170")));
    add("dots", (one) => one.append(svg("circle", { cx: 75, cy: 75, r: 16, fill: "#14212E", "fill-opacity": ".34" })));
    return defs;
  }

  go(box) { this.box = [...box]; this.svg.setAttribute("viewBox", this.box.join(" ")); this.draw(); }

  zoom(factor, at = null) {
    const [x, y, w, h] = this.box;
    const wide = Math.min(19500, Math.max(1800, w * factor));
    const high = (h * wide) / w;
    const [px, py] = at ?? [x + w / 2, y + h / 2];
    this.go([px - ((px - x) * wide) / w, py - ((py - y) * high) / h, wide, high]);
  }

  /** Map units for one pixel of the screen. */
  unit() {
    const { width, height } = this.svg.getBoundingClientRect();
    if (!width || !height) return 20;
    return Math.min(this.box[2] / width, this.box[3] / height);
  }

  point(event) {
    const at = this.svg.getScreenCTM();
    if (!at) return [0, 0];
    const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(at.inverse());
    return [p.x, p.y];
  }

  pointers() {
    const held = new Map();
    let gap = 0;
    this.svg.addEventListener("pointerdown", (event) => { held.set(event.pointerId, event); this.svg.setPointerCapture(event.pointerId); });
    const end = (event) => { held.delete(event.pointerId); gap = 0; };
    this.svg.addEventListener("pointerup", end);
    this.svg.addEventListener("pointercancel", end);
    this.svg.addEventListener("pointermove", (event) => {
      if (!held.has(event.pointerId)) return;
      const before = held.get(event.pointerId);
      held.set(event.pointerId, event);
      if (held.size === 1) {
        const u = this.unit();
        this.moved = true;
        this.go([this.box[0] - (event.clientX - before.clientX) * u, this.box[1] - (event.clientY - before.clientY) * u, this.box[2], this.box[3]]);
      } else if (held.size === 2) {
        const [a, b] = [...held.values()];
        const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
        if (gap) this.zoom(gap / now, this.point({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 }));
        gap = now; this.moved = true;
      }
    });
    this.svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !this.eager) return;
      event.preventDefault(); this.moved = true;
      this.zoom(event.deltaY > 0 ? 1.15 : 0.87, this.point(event));
    }, { passive: false });
  }

  show(picture) {
    this.picture = picture;
    if (!this.svg) return;
    const palette = colours(picture.scale, picture.legend.length);
    this.textures.replaceChildren();
    for (const path of this.svg.querySelectorAll("[data-place]")) {
      const place = path.getAttribute("data-place");
      const step = picture.shades[place];
      const known = step !== undefined && palette[step];
      path.setAttribute("fill", known ? palette[step] : this.places.countries[place]?.region ? "#E9E5DA" : "#E6E3DB");
      const pattern = known ? picture.legend[step]?.pattern : "";
      if (pattern) {
        const over = svg("path", { d: path.getAttribute("d"), fill: `url(#p-${pattern})`, class: "texture" });
        this.textures.append(over);
      }
      const value = picture.values[place];
      path.replaceChildren(svg("title", {}, `${picture.labels[place] ?? place}${value ? `: ${value}` : ""}`));
    }
    this.draw();
  }

  draw() {
    if (!this.picture || !this.marks) return;
    const u = this.unit() * this.size;
    const taken = [];
    const free = (x, y, w, h) => {
      const box = [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
      const [bx, by, bw, bh] = this.box;
      if (box[0] < bx || box[2] > bx + bw || box[1] < by || box[3] > by + bh) return false;
      if (taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) return false;
      taken.push(box);
      return true;
    };
    this.marks.replaceChildren();
    const capital = (place) => this.places.countries[place]?.capital;
    for (const arc of this.picture.arcs) {
      const a = capital(arc.a), b = capital(arc.b);
      if (!a || !b) continue;
      const bend = [(a[0] + b[0]) / 2 + (b[1] - a[1]) * 0.18, (a[1] + b[1]) / 2 - (b[0] - a[0]) * 0.18];
      const d = `M${a}Q${bend} ${b}`;
      this.marks.append(svg("path", { d, class: "arc-halo", "stroke-width": (3 + arc.value / 14) * u + 2 * u }),
        svg("path", { d, class: `arc ${arc.value >= 67 ? "high" : arc.value >= 34 ? "mid" : "low"}`, "stroke-width": (2 + arc.value / 16) * u }));
    }
    for (const spot of this.picture.spots) {
      const at = this.places.hotspots[spot.id];
      if (!at) continue;
      const r = (6 + spot.heat / 14) * u;
      const g = svg("g", { class: `spot ${spot.heat >= 67 ? "high" : spot.heat >= 34 ? "mid" : "low"}` });
      g.append(svg("circle", { cx: at[0], cy: at[1], r, "stroke-width": 2 * u }),
        svg("text", { x: at[0], y: at[1] + 3.6 * u, "font-size": 9.5 * u, class: "heat" }, String(spot.heat)),
        svg("title", {}, `${spot.name}: heat ${spot.heat}`));
      taken.push([at[0] - r, at[1] - r, at[0] + r, at[1] + r]);
      this.marks.append(g);
    }
    for (const post of this.picture.posts) {
      const at = this.places.missions[post.id];
      if (!at) continue;
      const s = 5 * u;
      const g = svg("g", { class: "post" });
      g.append(svg("path", { d: `M${at[0]} ${at[1] - s}l${s} ${s}l${-s} ${s}l${-s} ${-s}z`, "stroke-width": 1.5 * u }), svg("title", {}, `${post.name}: ${post.detail}`));
      this.marks.append(g);
    }
    const order = Object.entries(this.places.countries).sort(([, a], [, b]) => Number(b.region) - Number(a.region) || "LMS".indexOf(a.size) - "LMS".indexOf(b.size));
    for (const [place, country] of order) {
      const label = this.picture.labels[place];
      if (!label) continue;
      const px = country.size === "L" ? 14.5 : country.size === "M" ? 12.5 : 11.5;
      const size = px * u * (country.region ? 1 : 0.9);
      const words = wrapped(label);
      const wide = Math.max(...words.map((w) => w.length)) * size * 0.54;
      if (!free(country.at[0], country.at[1], wide, size * 1.15 * words.length)) continue;
      const text = svg("text", { x: country.at[0], y: country.at[1] - (words.length - 1) * size * 0.55, "font-size": size, class: country.region ? "name" : "name far", "stroke-width": 3 * u });
      words.forEach((word, i) => text.append(svg("tspan", { x: country.at[0], dy: i ? size * 1.1 : size * 0.35 }, word)));
      this.marks.append(text);
    }
  }
}

function wrapped(label) {
  if (label.length < 13 || !label.includes(" ")) return [label];
  const words = label.split(" ");
  let best = 1;
  const length = (some) => some.join(" ").length;
  for (let cut = 1; cut < words.length; cut += 1) {
    const worse = Math.max(length(words.slice(0, cut)), length(words.slice(cut)));
    if (worse < Math.max(length(words.slice(0, best)), length(words.slice(best)))) best = cut;
  }
  return [words.slice(0, best).join(" "), words.slice(best).join(" ")];
}

/** Mode buttons and the legend of a map. */
export function legend(pictures, mode, choose, footnotes = []) {
  const picture = pictures.find((one) => one.id === mode) ?? pictures[0];
  const palette = colours(picture.scale, picture.legend.length);
  return el("div", { class: "legend" },
    choose && el("div", { class: "modes", role: "group", "aria-label": "What the map shows" }, pictures.map((one) =>
      el("button", { type: "button", id: `mode-${one.id}`, class: "mode", "aria-pressed": String(one.id === picture.id), on: { click: () => choose(one.id) } }, one.title))),
    el("p", { class: "legend-title" }, picture.legend_title),
    el("ul", { class: "steps" }, picture.legend.map((step, i) => {
      const swatch = el("span", { class: `swatch ${step.pattern}` });
      swatch.style.backgroundColor = palette[i];
      return el("li", {}, swatch, step.label);
    })),
    picture.keys.length > 0 && el("ul", { class: "keys" }, picture.keys.map(([kind, text]) =>
      el("li", {}, el("span", { class: `key ${kind}` }), text))),
    footnotes.length > 0 && el("p", { class: "quiet small" }, footnotes.join(" ")));
}
