// The talk afterwards, on the teacher's console: each part is worked out by the server when it is looked at.
import { el, button } from "./draw.js";
import { newsList, scoreTable, statusTable } from "./common.js";

const PARTS = [["outcome", "Outcome"], ["timeline", "Timeline and reasons"], ["knew", "What each side knew"], ["fork", "Another decision"],
  ["epilogue", "What came next"], ["worlds", "Worlds compared"], ["questions", "Questions"]];
const OF_PLAYED_TURNS = ["timeline", "knew", "fork"];

export class Debrief {
  /** console: its state `S`, and `world`, `worldTabs`, `ask`, `render`, `schedule`. */
  constructor(console) {
    this.console = console;
    this.part = "outcome"; this.turn = 1; this.seat = "";
    this.fork = null; this.picks = { of: null, orders: new Set() };
    this.found = new Map(); this.asked = new Map(); this.refused = new Set();
  }

  // -- what the server has worked out -----------------------------------------------------------------

  /** A part's answer, or null; it is then asked for, once. */
  get(what) {
    const full = this.full(what), key = JSON.stringify(full);
    if (this.found.has(key)) return this.found.get(key);
    if (!this.asked.has(key) && !this.refused.has(key)) {
      this.asked.set(key, full);
      this.console.ask(full).then((done) => {
        if (done || this.asked.get(key) !== full) return;
        // Asking again by itself would go on for ever.
        this.asked.delete(key); this.refused.add(key); this.console.schedule();
      });
    }
    return null;
  }

  full(what) { return { do: "debrief", world: this.console.S.world, ...what }; }

  /** What stands in the place of an answer that is not there. */
  missing(what) {
    const key = JSON.stringify(this.full(what));
    if (!this.refused.has(key)) return el("p", { class: "quiet loading" }, "Reckoning …");
    return el("section", { class: "panel" }, el("p", {}, "This could not be worked out."), button("Try again", () => { this.refused.delete(key); this.console.render(); }));
  }

  hear(heard) {
    const key = JSON.stringify(heard.asked);
    // What was asked before the world moved on shows a world that is no more.
    if (this.asked.get(key) !== heard.asked) return;
    this.asked.delete(key);
    this.found.set(key, heard.found);
  }

  /** A world has moved on: a turn, an undo, an injection, a practice turn. */
  moved(world) {
    for (const kept of [this.found, this.asked, this.refused]) for (const key of [...kept.keys()]) {
      const one = JSON.parse(key);
      if (one.world === world || one.part === "worlds") kept.delete(key);
    }
  }

  // -- the page ------------------------------------------------------------------------------------------

  page() {
    const shown = PARTS.filter(([id]) => id !== "worlds" || this.console.S.monitor.worlds.length > 1);
    return [this.console.worldTabs(), el("div", { class: "modes", role: "group", "aria-label": "Part of the debrief" }, shown.map(([id, title]) =>
      el("button", { type: "button", id: `part-${id}`, class: "mode", "aria-pressed": String(this.part === id), on: { click: () => { this.part = id; this.console.render(); } } }, title))),
    el("div", { class: "debrief" }, this.shown())];
  }

  shown() {
    const turns = this.console.world().played;
    if (!turns && OF_PLAYED_TURNS.includes(this.part)) return el("p", { class: "panel" }, "No turn has been played yet.");
    if (this.part === "questions") return el("section", { class: "panel big" }, el("h2", {}, "Questions to talk about"), el("ol", {}, this.console.S.monitor.lesson.questions.map((text) => el("li", {}, text))));
    if (this.part === "fork") return this.forkPage(turns);
    const what = this.part === "knew" ? { part: "knew", turn: Math.min(this.turn, turns) } : { part: this.part };
    const found = this.get(what), told = found ? null : this.missing(what);
    if (this.part === "knew") return [this.turnPicker(turns), told ?? knew(found)];
    return told ?? { worlds, timeline }[this.part]?.(found) ?? outcome(found, this.part === "epilogue");
  }

  turnPicker(turns) {
    return el("label", { class: "field", for: "turn" }, el("span", {}, "Turn"), el("select", { id: "turn", on: { change: (event) => { this.turn = Number(event.target.value); this.fork = null; this.console.render(); } } },
      Array.from({ length: turns }, (_, i) => el("option", { value: i + 1, selected: Math.min(this.turn, turns) === i + 1 }, i + 1))));
  }

  forkPage(turns) {
    const { S, render } = this.console;
    const seat = this.seat || S.scenario.seats[0].seat, turn = Math.min(this.turn, turns);
    const what = { part: "choices", turn, seat }, choices = this.get(what);
    const of = choices && JSON.stringify([S.world, turn, seat, choices.given]);
    if (choices && this.picks.of !== of) this.picks = { of, orders: new Set(choices.given) };
    const picked = this.picks.orders, given = (one) => choices.given.includes(one.id);
    if (this.fork && (this.fork.world !== S.world || this.fork.turn !== turn)) this.fork = null;
    const future = this.fork && this.get(this.fork);
    return [el("section", { class: "panel" }, el("h2", {}, "One decision changed, with the same luck"), el("div", { class: "row" }, this.turnPicker(turns),
      el("label", { class: "field", for: "fork-seat" }, el("span", {}, "Seat"), el("select", { id: "fork-seat", on: { change: (event) => { this.seat = event.target.value; this.fork = null; render(); } } }, S.scenario.seats.map((one) => el("option", { value: one.seat, selected: one.seat === seat }, one.name))))),
      choices ? [el("fieldset", { class: "picks" }, el("legend", {}, "What it orders instead"), [...choices.orders].sort((a, b) => Number(given(b)) - Number(given(a))).map((one, i) => el("label", { class: "tick", for: `pick-${i}` },
        el("input", { type: "checkbox", id: `pick-${i}`, checked: picked.has(one.id), on: { change: (event) => { if (event.target.checked) picked.add(one.id); else picked.delete(one.id); } } }), one.title, given(one) ? el("strong", {}, " (as it was)") : null))),
      button("Show both futures", () => { this.fork = this.full({ part: "fork", turn, seat, orders: [...picked] }); this.refused.delete(JSON.stringify(this.fork)); render(); }, "primary")] : this.missing(what)),
    future ? forkFound(future) : this.fork ? this.missing(this.fork) : null];
  }
}

const worlds = (found) => el("div", { class: "grid" }, found.worlds.map((one) => el("section", { class: "panel" }, el("h2", {}, `World ${one.world}`), el("p", { class: "quiet" }, `${one.orders} orders, ${one.messages} messages`), scoreTable(one.scores), statusTable(one.statuses))));

const timeline = (found) => found.turns.map((turn) => el("section", { class: "panel" }, el("h2", {}, `Turn ${turn.turn} · ${turn.when}`), newsList(turn.news),
  el("ul", { class: "plain" }, turn.decisions.map((one) => el("li", {}, el("strong", {}, one.name), `: ${one.order} `, el("span", { class: "quiet small" }, one.by.length ? one.by.join(", ") : "computer"), one.why ? el("p", { class: "why" }, `“${one.why}”`) : null)))));

const knew = (found) => el("div", { class: "grid" }, found.seats.map((one) => el("section", { class: "panel" }, el("h2", {}, one.name),
  one.gaps.length ? el("table", {}, el("thead", {}, el("tr", {}, ["Figure", "It saw", "It was"].map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, one.gaps.map((gap) => el("tr", {}, el("th", { scope: "row" }, gap.title), el("td", { class: "figure" }, gap.saw), el("td", { class: "figure" }, gap.true))))) : el("p", { class: "quiet" }, "It saw everything as it was."),
  one.covert.length ? el("p", { class: "small" }, "Hidden from it: ", one.covert.join("; ")) : null)));

function outcome(found, epilogue) {
  return el("div", { class: "columns" }, el("div", {}, el("section", { class: "panel" }, el("h2", {}, found.title), el("p", {}, found.text), epilogue ? el("p", { class: "quiet" }, "The computer plays on for every seat, to the end of the scenario.") : null), el("section", { class: "panel" }, el("h2", {}, "Scores"), scoreTable(found.scores)), el("section", { class: "panel" }, statusTable(found.statuses))),
    el("div", {}, el("section", { class: "panel" }, el("h2", {}, epilogue ? "What came next" : "What happened"), newsList(found.news)), found.recorded.length ? el("section", { class: "panel" }, el("h2", {}, "What the record says"), el("ul", { class: "plain" }, found.recorded.map((one) => el("li", {}, el("strong", {}, one.when), `: ${one.title}. `, el("span", { class: "quiet small" }, `Source: ${one.source}`))))) : null));
}

function forkFound(told) {
  const future = (title, orders, one) => el("section", { class: "panel" }, el("h2", {}, title), el("p", {}, el("strong", {}, orders.length ? orders.join("; ") : "No order")), el("h3", {}, one.title), el("p", {}, one.text), statusTable(one.statuses), el("h3", {}, "News"), newsList(one.news));
  return [el("section", { class: "panel scroll", tabindex: 0, role: "region", "aria-label": "Scores in both futures" }, el("h2", {}, "Scores at the end"), el("table", {}, el("thead", {}, el("tr", {}, ["Seat", "As it was", "Otherwise", "Many futures, as it was", "Many futures, otherwise"].map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, told.scores.map((row) => el("tr", { class: row.seat === told.seat ? "own" : "" }, el("th", { scope: "row" }, row.name), el("td", { class: "figure" }, row.played), el("td", { class: "figure" }, row.otherwise), el("td", {}, row.played_spread), el("td", {}, row.otherwise_spread))))), el("p", { class: "quiet small" }, told.note)),
  el("div", { class: "columns" }, future("As it was", told.given, told.played), future("Otherwise", told.instead, told.otherwise))];
}
