// What the pages share: the toast, the token, the socket, the clock, lists that several show.
import { el } from "./draw.js";

export function say(text, tone = "") {
  const box = document.getElementById("toast");
  box.className = `toast show ${tone}`;
  box.textContent = text;
  clearTimeout(say.timer);
  const away = () => { box.className = "toast"; box.textContent = ""; };
  box.onclick = away;
  say.timer = setTimeout(away, Math.min(8000, Math.max(4000, text.length * 70)));
}

export function tidyKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}

/** The token of this page: from the address's fragment, else as it was kept. */
export function token(name) {
  const given = /(?:^#|&)t=([\w-]{16,64})/.exec(location.hash);
  if (given) {
    keep(name, given[1]);
    history.replaceState(null, "", location.pathname);
    return given[1];
  }
  try { return sessionStorage.getItem(name) || localStorage.getItem(name) || ""; } catch { return ""; }
}

export function keep(name, value) {
  try {
    if (value) { sessionStorage.setItem(name, value); localStorage.setItem(name, value); }
    else { sessionStorage.removeItem(name); localStorage.removeItem(name); }
  } catch { /* a browser that keeps nothing: the link still works */ }
}

/** A socket that comes back by itself; what was not acknowledged is asked again with the same key. */
export class Wire {
  constructor(first, hear, state) {
    this.first = first; this.hear = hear; this.state = state;
    this.asked = new Map(); this.wait = 400; this.open = false; this.stopped = false;
    this.connect();
  }

  connect() {
    this.state("connecting");
    const socket = new WebSocket(`ws://${location.host}/ws`);
    this.socket = socket;
    socket.addEventListener("open", () => {
      const hello = this.first();
      if (hello) socket.send(JSON.stringify(hello));
    });
    socket.addEventListener("message", (event) => {
      const heard = JSON.parse(event.data);
      if (!this.open && (heard.is === "me" || heard.is === "scenario")) {
        this.open = true; this.wait = 400; this.state("open");
        for (const one of this.asked.values()) socket.send(one.text);
      }
      if (heard.is === "ack" || heard.is === "no") this.settle(heard);
      else this.hear({ ...heard, asked: this.asked.get(heard.key)?.what });
    });
    socket.addEventListener("close", (event) => {
      this.open = false;
      if (this.stopped) return;
      if (event.code === 4401) { this.stopped = true; this.state("refused"); return; }
      this.state("closed");
      setTimeout(() => this.connect(), this.wait * (0.7 + 0.6 * Math.random()));
      this.wait = Math.min(this.wait * 1.8, 6000);
    });
  }

  settle(heard) {
    const one = this.asked.get(heard.key);
    if (!one) { this.hear(heard); return; }
    this.asked.delete(heard.key);
    if (heard.is === "ack") one.done(true);
    else { say(heard.why.join(" "), "bad"); one.done(false); }
  }

  /** Ask for something; the promise says whether it was done. What it is answered with is heard with `asked: what`. */
  ask(what) {
    const key = tidyKey();
    const text = JSON.stringify({ ...what, key });
    return new Promise((done) => {
      this.asked.set(key, { text, done, what });
      if (this.open) this.socket.send(text);
      else say("Not connected at the moment. It will be sent as soon as possible.");
    });
  }

  stop() { this.stopped = true; this.socket.close(); }
}

/** Seconds left of the lesson's clock, from the server's time. */
export class Clock {
  constructor(node) { this.node = node; this.until = null; this.left = null; this.skew = 0; setInterval(() => this.show(), 500); }
  set(state) {
    this.skew = Date.now() / 1000 - state.now; this.until = state.until; this.left = state.left; this.show();
  }
  seconds() {
    if (this.until !== null) return Math.max(0, this.until - (Date.now() / 1000 - this.skew));
    return this.left;
  }
  show() {
    const left = this.seconds();
    if (left === null || left === undefined) { this.node.textContent = ""; this.node.className = "clock"; return; }
    const whole = Math.round(left);
    const shown = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    this.node.textContent = this.until === null ? `${shown} paused` : shown;
    this.node.className = this.until !== null && left < 30 ? "clock hurry" : "clock";
  }
}

export const seatName = (scenario, seat) =>
  seat === "teacher" ? "Teacher" : seat === "all" ? "Everybody"
    : (scenario?.seats.find((one) => one.seat === seat)?.name ?? seat);

export function newsList(items, empty = "No news yet.") {
  if (!items || !items.length) return el("p", { class: "quiet" }, empty);
  return el("ul", { class: "news" }, items.map((item) => el("li", { class: item.kind || "" },
    el("p", { class: "headline" }, item.headline),
    item.text && el("p", {}, item.text),
    item.record && el("p", { class: "quiet" }, item.record),
    el("p", { class: "meta" }, item.when, item.contested ? " · The facts are contested." : "",
      item.source ? ` · Source: ${item.source}` : ""))));
}

export function councilBlock(council, votes) {
  return el("section", { class: "panel council" },
    el("h3", {}, council.title, " ", el("span", { class: council.meets ? "chip good" : "chip" }, council.next)),
    council.help && el("p", { class: "quiet small" }, council.help),
    council.candidates.map((one) => el("div", { class: one.agenda ? "candidate" : "candidate off" },
      el("h4", {}, one.name),
      el("p", { class: "rungs" }, one.rung, " → ", el("strong", {}, one.next), one.agenda ? "" : " (not on the agenda)"),
      el("p", {}, one.agenda ? el("strong", {}, one.summary) : null, one.last ? ` Last time: ${one.last}.` : ""),
      one.agenda && el("ul", { class: "members" }, one.groups.map((group) => el("li", {
        class: group.objections.length ? "objects" : "agrees" },
        el("span", { class: "mark", "aria-hidden": "true" }, group.objections.length ? "✕" : "✓"),
        el("div", {},
          el("p", {}, el("strong", {}, group.names.join(", ")), " ", el("span", { class: "figure" }, group.margin)),
          group.objections.map((why) => el("p", { class: "small" }, why.title, why.cure ? `. ${why.cure}` : "")),
          el("p", { class: "quiet small" }, group.terms.map((term) => `${term.title} ${term.text}`).join(" · ")))))),
      votes && votes(one))));
}

export function scoreTable(rows) {
  const most = Math.max(1, ...rows.map((row) => Math.abs(row.raw)));
  return el("table", { class: "scores" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Seat"), el("th", { scope: "col" }, "Score"),
      el("th", { scope: "col" }, "Par"), el("th", { scope: "col", class: "wide" }, el("span", { class: "hidden" }, "Bar")))),
    el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.name),
      el("td", { class: "figure" }, row.score), el("td", { class: "figure" }, row.par ?? "–"),
      el("td", { class: "wide" }, bar(row.raw, most, row.par !== null && row.raw >= row.par * 100))))));
}

function bar(value, most, good) {
  const meter = el("span", { class: value < 0 ? "bar under" : good ? "bar good" : "bar" });
  meter.style.width = `${Math.max(1, (100 * Math.abs(value)) / most)}%`;
  return meter;
}

export function statusTable(tables) {
  return tables.map((table) => el("div", { class: "statuses" }, el("h3", {}, table.title),
    el("ul", { class: "plain" }, table.rows.slice(0, 12).map((row) => el("li", {}, el("strong", {}, row.name), ": ",
      row.start === row.end ? row.end : [row.start, " → ", el("strong", { class: "moved" }, row.end)])))));
}
