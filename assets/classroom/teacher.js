// The teacher's console: the lesson's course, who is here and ready, tools, channels, debrief.
import { el, fill, drawSoon, button } from "./draw.js";
import { say, token, keep, Wire, Clock, seatName, newsList, councilBlock } from "./common.js";
import { Debrief } from "./debrief.js";
import { AtlasMap, legend } from "./map.js";

const S = { scenario: null, monitor: null, states: {}, views: {}, world: 1, tab: "monitor", mode: "", drafts: {}, links: {}, read: {}, all: false, line: "" };
const $ = (id) => document.getElementById(id);
const mine = token("door-teacher");
let wire = null, map = null, clock = null;
const debrief = new Debrief({ S, world: () => world(), worldTabs: () => worldTabs(), ask: (what) => wire.ask(what), render: () => render(), schedule: () => schedule() });
const STAGES = [["lobby", "Welcome"], ["roles", "Role cards"], ["practice", "Practice turn"], ["play", "Play"], ["council", "Council scene"], ["debrief", "Debrief"]];
const HINTS = {
  lobby: "Pupils join and take their seats. Show the projector: it has the address, the PIN and a code to scan.",
  roles: "About five minutes: everybody reads the role card and answers three questions.",
  practice: "About three minutes: one turn on a copy of the game. It counts for nothing.",
  council: "Five minutes: look at each ally's reasons together. Orders and votes can still be given.",
  debrief: "Ten minutes: what happened, what each side knew, what else might have been.",
};

function hear(heard) {
  if (heard.is === "no") { say(heard.why.join(" "), "bad"); return; }
  if (heard.is === "scenario") S.scenario = heard;
  if (heard.is === "monitor") hearMonitor(heard);
  if (heard.is === "state") { S.states[heard.world] = heard; if (heard.world === S.world) clock?.set(heard); }
  if (heard.is === "public") { S.views[heard.world] = heard; debrief.moved(heard.world); }
  if (heard.is === "link") hearLink(heard);
  if (heard.is === "debrief") debrief.hear(heard);
  schedule();
}

function hearMonitor(heard) {
  const known = S.monitor?.people.length ?? heard.people.length;
  // Somebody who comes into a game that is being played may be at the wrong desk.
  for (const one of heard.people.slice(known)) if (one.late) say(`${one.name} has joined in turn ${one.late}.`);
  for (const one of heard.worlds) {
    const before = S.monitor?.worlds[one.world - 1]?.letters ?? one.letters;
    const last = one.said.findLast((said) => said.to === "teacher");
    if (one.letters > before && last && S.tab !== "channels") say(`${seatName(S.scenario, last.from)} has written to you.`);
  }
  S.monitor = heard;
  S.world = Math.min(S.world, heard.worlds.length);
}

function hearLink(heard) {
  if (heard.person === 0) { window.open(heard.link, "_blank", "noopener"); S.links[0] = location.origin + heard.link; return; }
  S.links[heard.person] = { address: S.monitor.address + heard.link, code: heard.code };
}

let waiting = false;
function schedule() { if (waiting) return; waiting = true; drawSoon(() => { waiting = false; render(); }); }

// -- frame ------------------------------------------------------------------------------------------------

function render() {
  if (!clock) {
    fill($("top"), el("div", { class: "brand" }, el("h1", { id: "where" }, "Open Door"), el("p", { id: "what" }, "Teacher's console")),
      el("div", { class: "right" }, el("span", { id: "line", class: "line", role: "status" }), el("span", { id: "clock", class: "clock", role: "timer", "aria-label": "Time left" })));
    clock = new Clock($("clock"));
  }
  const line = $("line");
  line.textContent = S.line === "open" ? "" : "Reconnecting …";
  const m = S.monitor;
  if (!m || !S.scenario) { fill($("main"), el("p", { class: "quiet loading" }, mine ? "Connecting …" : "Open this page with the link that the program printed.")); return; }
  const state = S.states[S.world];
  if (state) clock.set(state);
  $("where").textContent = m.lesson.title;
  $("what").textContent = `Teacher's console · PIN ${m.pin} · ${m.address}/`;
  const nav = $("nav");
  nav.hidden = false;
  nav.setAttribute("aria-label", "Parts of the console");
  if (S.tab === "channels") S.read[S.world] = world().letters;
  const badges = { channels: [m.worlds.reduce((sum, one) => sum + Math.max(0, one.letters - (S.read[one.world] ?? 0)), 0), "written to you"],
    people: [m.fixed || m.settings.seats === "assign" ? seatless().length : 0, "without a seat"] };
  fill(nav, [["monitor", "Class"], ["people", "Pupils"], ["map", "Map and news"], ["channels", "Channels"], ["tools", "Tools"], ["debrief", "Debrief"]].map(([id, title]) => {
    const [count, words] = badges[id] ?? [0, ""];
    return el("button", { type: "button", id: `tab-${id}`, class: "tab", "aria-current": S.tab === id ? "page" : null, on: { click: () => { S.tab = id; render(); } } }, title,
      count ? el("span", { class: "badge" }, count, el("span", { class: "hidden" }, ` ${words}`)) : null);
  }));
  if (S.tab === "map" && $("map") && $("map-side")) { fill($("stages"), stages()); fill($("map-side"), mapSide()); showMap(); return; }
  map = null;
  const pages = { monitor: monitorPage, people: peoplePage, map: mapPage, channels: channelsPage, tools: toolsPage, debrief: () => debrief.page() };
  fill($("main"), el("div", { id: "stages" }, stages()), warnings(), pages[S.tab]());
  if ($("map")) { map = new AtlasMap($("map")); showMap(); }
}

function warnings() {
  const m = S.monitor;
  return [m.broken && el("p", { class: "notice" }, `Nothing more can be kept: ${m.broken}. Stop the program and go on with --resume.`),
    m.guesses ? el("p", { class: "notice" }, `Somebody has typed a wrong PIN ${m.guesses} times. `, button("New PIN", () => wire.ask({ do: "pin" }), "small")) : null];
}

function stages() {
  const m = S.monitor, at = STAGES.findIndex(([id]) => id === m.stage), state = S.states[S.world] ?? {};
  const playing = ["practice", "play", "council"].includes(m.stage);
  return el("section", { class: "panel course", "aria-label": "Course of the lesson" },
    el("ol", { class: "stages" }, STAGES.map(([id, title], i) => el("li", { class: i < at ? "past" : i === at ? "now" : "" }, button(title, () => toStage(id), i === at ? "current" : "", { id: `stage-${id}`, "aria-pressed": String(i === at) })))),
    el("p", { class: "quiet" }, m.stage === "play" ? howATurnEnds(m.settings) : HINTS[m.stage]),
    el("div", { class: "row" }, m.frozen ? null : state.until ? button("Pause the clock", () => wire.ask({ do: "clock", act: "pause" })) : button(state.left ? "Go on" : "Start the clock", () => wire.ask({ do: "clock", act: "start" }), playing ? "primary" : ""),
      !m.frozen && (state.until || state.left) ? button("+1 minute", () => wire.ask({ do: "clock", act: "start", seconds: Math.round((clock.seconds() ?? 0) + 60) })) : null,
      (state.until || state.left) ? button("No clock", () => wire.ask({ do: "clock", act: "off" })) : null,
      playing ? button(m.worlds.length > 1 ? "Advance the slowest" : "End the turn now", () => wire.ask({ do: "end_turn", slowest: m.worlds.length > 1, turns: turns() }), "amber", { id: "end-turn" }) : null,
      playing ? button("Undo the last turn", () => { if (confirm("Take back the last turn? The orders given in it wait again; those given since then will wait when you come to their turn once more. The clock stands until you start it.")) wire.ask({ do: "undo", world: S.world }); }) : null,
      button(m.frozen ? "Unfreeze" : "Freeze", () => wire.ask({ do: "freeze", frozen: !m.frozen }), m.frozen ? "bad" : "", { id: "freeze", "aria-pressed": String(m.frozen) }),
      button("Projector", () => wire.ask({ do: "link", person: 0 })),
      el("a", { class: "button", href: `/print#t=${mine}`, target: "_blank", rel: "noopener" }, "Print handouts")));
}

// As they stand here: what has ended while the request was on its way is not followed by a turn without orders.
const turns = () => S.monitor.worlds.map((one) => S.states[one.world]?.turn ?? one.turn);

function howATurnEnds({ minutes, auto }) {
  const time = minutes ? `${minutes} minutes a turn. The clock ends the turn by itself` : "No clock is set";
  return auto ? `${time}; the last seat that hands in ends the turn${minutes ? ", too" : ""}.` : `${time}; ${minutes ? "so does End the turn now" : "End the turn now ends the turn"}.`;
}

/** Away from a game that is being played a stage is shown to everybody at once: a slip is asked about first. */
function toStage(id) {
  const m = S.monitor;
  const playing = m.worlds.some((one) => !one.over && (one.begun || one.seats.some((seat) => seat.orders.length)));
  const what = { practice: "Go to the practice turn? The game waits; what was ordered stays.",
    debrief: "Open the debrief now? Every pupil's page will show the scores of all seats and what the record says.",
    lobby: "Go back to the welcome? The game waits; what was ordered stays.",
    roles: "Go back to the role cards? The game waits; what was ordered stays." }[id];
  if (what && id !== m.stage && m.stage !== "debrief" && playing && !confirm(what)) return;
  wire.ask({ do: "stage", stage: id });
}

function worldTabs() {
  const m = S.monitor;
  return m.worlds.length > 1 ? el("div", { class: "modes", role: "group", "aria-label": "World" }, m.worlds.map((one) => el("button", { type: "button", id: `world-${one.world}`, class: "mode", "aria-pressed": String(one.world === S.world), on: { click: () => { S.world = one.world; render(); } } }, `World ${one.world}`))) : null;
}
const world = () => S.monitor.worlds[S.world - 1];
const seatless = () => S.monitor.people.filter((one) => !one.revoked && !one.seat && !one.observer);
const person = (id) => S.monitor.people.find((one) => one.id === id);

// -- class ------------------------------------------------------------------------------------------------

function monitorPage() {
  const m = S.monitor;
  return [m.worlds.map((one) => el("section", { class: "panel scroll", tabindex: 0, role: "region", "aria-label": `World ${one.world}` },
    el("h2", {}, m.worlds.length > 1 ? `World ${one.world} · ` : "", one.over ? "All turns are played" : `Turn ${one.turn} of ${m.turns}`, " ", m.worlds.length > 1 && !one.over && ["practice", "play", "council"].includes(m.stage) ? button("End this world's turn", () => wire.ask({ do: "end_turn", world: one.world, turns: turns() }), "small") : null),
    el("table", { class: "monitor" }, el("thead", {}, el("tr", {}, ["Seat", "Pupils", "Role check", "Orders", "Ready"].map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, one.seats.map((seat) => {
        const people = seat.people.map(person);
        return el("tr", { class: seat.done ? "done" : "" }, el("th", { scope: "row" }, seat.name),
          el("td", {}, people.length ? people.map(whoHere) : el("span", { class: "quiet" }, "computer")),
          el("td", {}, people.map((p) => (p.checked ? "✓ " : p.tries ? `${p.tries} tries ` : "– "))),
          el("td", { class: "figure" }, seat.orders.length || "–"),
          el("td", {}, seat.done ? el("strong", { class: "good" }, "✓ ready") : people.length ? (seat.computer ? "computer this turn" : "thinking") : ""));
      }))))), waitingPupils(), onlookers(), goals()];
}

function waitingPupils() {
  const waits = seatless();
  return waits.length ? el("section", { class: "panel" }, el("h2", {}, "Without a seat"), el("p", {}, waits.map(whoHere)),
    el("p", { class: "quiet" }, S.monitor.settings.seats === "choose" && !S.monitor.fixed ? "They choose for themselves." : "Late comers may take a seat that nobody has; you give out all others on the page Pupils.")) : null;
}

function onlookers() {
  const some = S.monitor.people.filter((one) => one.observer && !one.revoked);
  return some.length ? el("section", { class: "panel" }, el("h2", {}, `Looking on (${some.length})`), el("p", {}, some.map(whoHere))) : null;
}

function whoHere(p) {
  return el("span", { class: p.here ? "who here" : "who" }, el("span", { class: "dot", "aria-hidden": "true" }), p.name, p.late ? ` (joined in turn ${p.late})` : "", p.here ? "" : " (away)");
}

function goals() {
  const lesson = S.monitor.lesson;
  return [lesson.goals.length ? el("section", { class: "panel" }, el("h2", {}, "Goals of this lesson"), el("p", { class: "quiet" }, `Age ${lesson.age.join("–")}, ${lesson.minutes} minutes`), el("ul", {}, lesson.goals.map((text) => el("li", {}, text)))) : null,
    lesson.care.length ? el("section", { class: "panel" }, el("h2", {}, "Roles that need care"), el("ul", {}, lesson.care.map((one) => el("li", {}, el("strong", {}, seatName(S.scenario, one.seat)), `: ${one.why}`)))) : null];
}

function peoplePage() {
  const m = S.monitor;
  const rows = [...m.people].sort((a, b) => Number(a.revoked) - Number(b.revoked) || a.name.localeCompare(b.name));
  return [el("section", { class: "panel scroll", tabindex: 0, role: "region", "aria-label": "Pupils" }, el("h2", {}, `Pupils (${m.people.filter((p) => !p.revoked).length})`),
    rows.length ? el("table", {}, el("thead", {}, el("tr", {}, ["Name", "World and seat", "Link", ""].map((text) => (text ? el("th", { scope: "col" }, text) : el("td"))))), el("tbody", {}, rows.map((p) => el("tr", { key: p.id, class: p.revoked ? "off" : "" },
      el("th", { scope: "row" }, el("span", { class: p.here ? "who here" : "who" }, el("span", { class: "dot", "aria-hidden": "true" }), p.name), p.late ? el("p", { class: "small quiet" }, `joined in turn ${p.late}`) : null, p.declined.length ? el("p", { class: "small quiet" }, `would rather not play ${p.declined.map((seat) => seatName(S.scenario, seat)).join(", ")}`) : null),
      el("td", {}, el("select", { id: `seat-${p.id}`, "aria-label": `Seat of ${p.name}`, disabled: p.revoked, on: { change: (event) => { const [w, seat] = event.target.value.split(" "); wire.ask({ do: "move", person: p.id, world: Number(w), seat: seat === "-" || seat === "observer" ? "" : seat, observer: seat === "observer" }); } } },
        m.worlds.flatMap((one) => [["-", "no seat"], ["observer", "observer"], ...one.seats.map((seat) => [seat.seat, seat.name])].map(([seat, name]) =>
          el("option", { value: `${one.world} ${seat}`, selected: p.world === one.world && (p.seat || (p.observer ? "observer" : "-")) === seat }, m.worlds.length > 1 ? `${one.world}: ${name}` : name))))),
      el("td", {}, S.links[p.id] ? personalLink(p) : button("New link", () => wire.ask({ do: "link", person: p.id }), "small", { "aria-label": `New link for ${p.name}` })),
      el("td", {}, p.revoked ? "removed" : button("Remove", () => { if (confirm(`Remove ${p.name} from the class?`)) wire.ask({ do: "revoke", person: p.id }); }, "small", { "aria-label": `Remove ${p.name}` }))))))
      : el("p", { class: "quiet" }, "Nobody has joined yet.")), settings()];
}

/** A personal link, as a code for a phone to scan and as text for everything else. */
function personalLink(p) {
  const { address, code } = S.links[p.id];
  const copy = async () => {
    const field = $(`link-${p.id}`);
    field.select();
    try { await navigator.clipboard.writeText(address); say("The link is copied.", "good"); } catch { say("The link is marked: copy it with Ctrl+C."); }
  };
  return [el("img", { class: "qr", src: `data:image/svg+xml,${encodeURIComponent(code)}`, alt: `QR code of the link for ${p.name}` }),
    el("p", { class: "small quiet" }, "Scan it with the new device. It takes the place of the old one, and is shown only once."),
    el("div", { class: "row" }, el("input", { type: "text", id: `link-${p.id}`, readonly: true, "aria-label": `Link for ${p.name}`, value: address, on: { focus: (event) => event.target.select() } }),
      button("Copy", copy, "small", { "aria-label": `Copy the link for ${p.name}` }), button("Done", () => { delete S.links[p.id]; render(); }, "small", { "aria-label": `Put the link for ${p.name} away` }))];
}

function settings() {
  const s = S.monitor.settings;
  const set = (what) => wire.ask({ do: "settings", ...what });
  const choose = (id, label, name, options) => el("label", { class: "field", for: id }, el("span", {}, label), el("select", { id, on: { change: (event) => { const v = event.target.value; set({ [name]: typeof s[name] === "number" ? Number(v) : v }); } } }, options.map(([value, text]) => el("option", { value: String(value), selected: s[name] === value }, text))));
  const tick = (id, label, name) => el("label", { class: "tick", for: id }, el("input", { type: "checkbox", id, checked: s[name], on: { change: (event) => set({ [name]: event.target.checked }) } }), label);
  return el("section", { class: "panel settings" }, el("h2", {}, "Settings"), el("div", { class: "grid" },
    choose("set-seats", "Seats", "seats", [["choose", "pupils choose"], ["deal", "dealt evenly"], ["assign", "I give them out"]]),
    choose("set-per", "Pupils to a seat, at most", "per_seat", [1, 2, 3, 4, 5, 6].map((n) => [n, n])),
    choose("set-minutes", "Minutes a turn", "minutes", [[0, "no clock"], ...[2, 3, 4, 5, 6, 8, 10, 15].map((n) => [n, n])]),
    choose("set-why", "A reason with each order", "rationale", [["off", "not asked"], ["optional", "if they like"], ["required", "needed"]]),
    el("label", { class: "field", for: "set-worlds" }, el("span", {}, S.monitor.fixed ? "Parallel worlds (fixed once the game has begun)" : "Parallel worlds"),
      el("select", { id: "set-worlds", disabled: S.monitor.fixed, on: { change: (event) => toWorlds(Number(event.target.value)) } }, [1, 2, 3, 4].map((n) => el("option", { value: n, selected: S.monitor.worlds.length === n }, n))))),
    tick("set-joining", "New pupils may join", "joining"), tick("set-forecasts", "Pupils may ask for forecasts", "forecasts"), tick("set-channels", "Pupils may write to other seats", "channels"), tick("set-check", "Three questions about the role before the first turn", "check"), tick("set-auto", "End the turn when all have handed in", "auto"));
}

async function toWorlds(count) {
  const told = count > 1 ? `Play ${count} worlds side by side? Each has its own game; pupils who join come into the emptiest.` : "Play one world only?";
  if (confirm(told)) await wire.ask({ do: "worlds", count });
  schedule();
}

// -- map, channels, tools ---------------------------------------------------------------------------------

function mapPage() { return el("div", { class: "map-page" }, el("div", { id: "map", class: "map-box" }), el("div", { id: "map-side" }, mapSide())); }
function mapSide() {
  const view = S.views[S.world];
  if (!view) return el("p", { class: "quiet loading" }, "Loading …");
  return [worldTabs(), el("div", { class: "panel" }, legend(view.maps, S.mode || view.maps[0].id, (id) => { S.mode = id; render(); }, view.footnotes)), el("section", { class: "panel" }, el("h2", {}, view.months), newsList(view.news)), view.councils.map((one) => councilBlock(one))];
}
function showMap() { const view = S.views[S.world]; if (map && view) map.show(view.maps.find((one) => one.id === S.mode) ?? view.maps[0]); }

function channelsPage() {
  const seats = [{ seat: "all", name: "Everybody" }, ...S.scenario.seats];
  const send = async (event) => { event.preventDefault(); const text = (S.drafts.tell ?? "").trim(); if (!text) return; if (await wire.ask({ do: "tell", world: S.monitor.worlds.length > 1 && S.drafts.world === "all" ? 0 : S.world, seat: S.drafts.to ?? "all", text })) { S.drafts.tell = ""; $("tell").value = ""; } };
  const said = everySaid();
  return el("section", { class: "panel channel" }, worldTabs(), el("h2", {}, "What the seats write to each other"), el("p", { class: "quiet" }, "Pupils are told that you read this."),
    said.length < world().messages ? button(`Show all ${world().messages} messages`, () => { S.all = true; render(); }, "small") : null,
    el("ol", { class: "said" }, said.map((one) => el("li", { key: one.n, class: one.from === "teacher" ? "mine" : one.to === "teacher" ? "teacher" : "" }, el("p", { class: "meta" }, `${seatName(S.scenario, one.from)} to ${seatName(S.scenario, one.to)}${one.by ? ` (${one.by})` : ""} · turn ${one.turn}`), el("p", {}, one.text)))),
    world().said.length ? null : el("p", { class: "quiet" }, "Nothing yet."),
    el("form", { on: { submit: send } }, el("label", { class: "field", for: "tell-to" }, el("span", {}, "Write to"), el("select", { id: "tell-to", on: { change: (event) => { S.drafts.to = event.target.value; } } }, seats.map((one) => el("option", { value: one.seat, selected: (S.drafts.to ?? "all") === one.seat }, one.name)))),
      el("label", { class: "field", for: "tell" }, el("span", {}, "Message"), el("input", { id: "tell", maxlength: 1000, autocomplete: "off", value: S.drafts.tell ?? "", on: { input: (event) => { S.drafts.tell = event.target.value; } } })), el("button", { type: "submit", class: "button primary" }, "Send")));
}

/** The newest messages, as the monitor brings them; on demand with all that came before. */
function everySaid() {
  const newest = world().said;
  const earlier = S.all && newest.length < world().messages ? debrief.get({ part: "channels" })?.said ?? [] : [];
  return [...earlier.filter((one) => one.n < newest[0].n).map((one) => ({ ...one, from: one.sender })), ...newest];
}

function toolsPage() {
  const d = S.drafts, wanted = { part: "injections" }, possible = debrief.get(wanted);
  if (!possible) return [worldTabs(), debrief.missing(wanted)];
  const event = possible.events.find((one) => one.id === d.event);
  const draft = (id, label, props = {}) => el("label", { class: "field", for: id }, el("span", {}, label), el("input", { id, value: d[id] ?? "", on: { input: (e) => { d[id] = e.target.value; } }, ...props }));
  return [worldTabs(), el("section", { class: "panel" }, el("h2", {}, "Let something happen"), el("p", { class: "quiet" }, "It happens at once, in the world shown above, and appears in the news. Orders that wait stay if they are still possible."),
    el("label", { class: "field", for: "event" }, el("span", {}, "Event"), el("select", { id: "event", on: { change: (e) => { d.event = e.target.value; d.binding = "0"; render(); } } }, el("option", { value: "" }, "choose …"), possible.events.map((one) => el("option", { value: one.id, selected: one.id === d.event }, `${one.title}${one.card ? " (asks for a decision)" : ""}`)))),
    event && event.bindings.length > 1 ? el("label", { class: "field", for: "binding" }, el("span", {}, "Whom it concerns"), el("select", { id: "binding", on: { change: (e) => { d.binding = e.target.value; } } }, event.bindings.map((one, i) => el("option", { value: i, selected: String(i) === d.binding }, one.label)))) : null,
    button("Let it happen", () => wire.ask({ do: "inject", world: S.world, event: d.event, binding: event.bindings[Number(d.binding ?? 0)].things }).then((ok) => ok && say("It has happened.", "good")), "primary", { disabled: !event })),
  el("section", { class: "panel" }, el("h2", {}, "Move a figure"), draft("headline", "Headline for the news", { maxlength: 200 }),
    el("label", { class: "field", for: "row" }, el("span", {}, "Figure"), el("select", { id: "row", on: { change: (e) => { d.row = e.target.value; } } }, el("option", { value: "" }, "choose …"), possible.rows.map((one) => el("option", { value: one.row, selected: one.row === d.row }, one.label)))),
    draft("points", "Points up or down", { type: "number", min: -50, max: 50 }),
    button("Change it", () => wire.ask({ do: "inject", world: S.world, row: d.row ?? "", change: Math.round(Number(d.points ?? 0) * 100), title: d.headline ?? "" }).then((ok) => ok && say("Changed.", "good")), "primary")),
  el("section", { class: "panel" }, el("h2", {}, "Keep and print"), el("div", { class: "row" }, ["decisions", "pupils", "channels"].map((name) => button(`${name[0].toUpperCase()}${name.slice(1)} as CSV`, () => table(name))), el("a", { class: "button", href: `/print#t=${mine}`, target: "_blank", rel: "noopener" }, "Role cards and handouts")))];
}

async function table(name) {
  const got = await fetch(`/export/${name}`, { headers: { authorization: `Bearer ${mine}` } });
  if (!got.ok) { say("The table could not be made.", "bad"); return; }
  const link = el("a", { href: URL.createObjectURL(await got.blob()), download: `${name}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

if (mine) wire = new Wire(() => ({ do: "hello", token: mine }), hear, (state) => { S.line = state; if (state === "refused") { keep("door-teacher", ""); say("This link is no longer valid. Use the one the program printed.", "bad"); } schedule(); });
render();
