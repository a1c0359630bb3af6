// The pupil's page: join, seat, role card, orders, councils, talks, messages, report, debrief.
import { el, fill, drawSoon, button } from "./draw.js";
import { say, token, keep, Wire, Clock, seatName, newsList, councilBlock, scoreTable, statusTable } from "./common.js";
import { AtlasMap, legend } from "./map.js";

const S = { scenario: null, me: null, role: null, desk: null, view: null, public: null, said: [], tab: "desk", mode: "", unread: 0,
  asked: {}, drafts: {}, open: new Set(), answers: [], wrong: null, history: null, outcome: null, line: "", talkTo: "", moved: false, seats: false };
const $ = (id) => document.getElementById(id);
let wire = null;
let mine = token("door-pupil");
let map = null;
let clock = null;

// -- the line ---------------------------------------------------------------------------------------------

function connect(first) {
  wire = new Wire(first, hear, (state) => {
    S.line = state;
    if (state === "refused") { keep("door-pupil", ""); mine = ""; wire = null; S.me = null; say("This link is no longer valid. Join again, or ask your teacher.", "bad"); render(); }
    status();
  });
}

function hear(heard) {
  if (heard.is === "no") {
    say(heard.why.join(" "), "bad");
    if (heard.key === "join") { wire.stop(); wire = null; const send = $("join-send"); if (send) send.disabled = false; }
    return;
  }
  if (heard.is === "token") { mine = heard.token; keep("door-pupil", mine); wire.first = () => ({ do: "hello", token: mine }); return; }
  if (heard.is === "scenario") S.scenario = heard;
  if (heard.is === "role") { S.role = heard; S.answers = []; S.wrong = null; }
  if (heard.is === "me") hearMe(heard);
  if (heard.is === "desk") { S.desk = heard; S.asked = {}; }
  if (heard.is === "view") hearView(heard);
  if (heard.is === "public") S.public = heard;
  if (heard.is === "channel") {
    if (heard.all) S.said = heard.all;
    else { S.said.push(heard.one); if (S.tab !== "channel" && heard.one.from !== S.me.seat) { S.unread += 1; say(`${seatName(S.scenario, heard.one.from)}: ${short(heard.one.text)}`); } }
  }
  if (heard.is === "forecast" || heard.is === "reasons") S.asked[heard.order] = { ...S.asked[heard.order], [heard.is]: heard };
  if (heard.is === "checked") { S.wrong = heard.wrong; if (heard.passed) say("All right. You are ready.", "good"); }
  if (heard.is === "history") S.history = heard.items;
  if (heard.is === "outcome") S.outcome = heard;
  schedule();
}

const short = (text) => (text.length > 80 ? `${text.slice(0, 80)} …` : text);

function hearMe(heard) {
  const before = S.me;
  S.me = heard;
  if (heard.seat || !heard.choose) S.seats = false;
  clock?.set(heard);
  if (before && before.turn !== heard.turn) S.moved = false;
  if (before && before.stage === heard.stage && before.world === heard.world && heard.turn < before.turn) say("Your teacher has taken the last turn back. The orders given in it wait again.");
  if (!before || before.seat !== heard.seat) { S.view = before && before.seat === heard.seat ? S.view : null; S.desk = null; if (!heard.seat) S.role = null; }
  if (before && before.stage !== heard.stage) {
    const told = { roles: "Read your role card.", practice: "Practice turn: nothing counts yet.", play: "The game is on.", council: "The council meets. Look at the councils.", debrief: "The debrief begins.", lobby: "Please wait." };
    say(heard.frozen ? "The game is frozen." : told[heard.stage]);
    if (heard.stage === "council") S.tab = "councils";
    if (heard.stage === "debrief") { S.tab = "debrief"; S.outcome = null; }
    if (["play", "practice", "roles"].includes(heard.stage)) S.tab = "desk";
  }
}

function hearView(heard) {
  const turned = S.view && S.view.months !== heard.months, back = turned && heard.turn < S.view.turn;
  S.view = heard; S.history = null;
  if (turned) for (const id of S.open) if (id.startsWith("o-")) S.open.delete(id);
  if (!turned || back || !heard.report) return;
  say(`${heard.months}: read what changed.`);
  // Whoever has gone to another page of the new turn already is not pulled away from it.
  if (!S.moved) { S.tab = "report"; scrollTo({ top: 0 }); }
}

let waiting = false;
function schedule() {
  if (waiting) return;
  waiting = true;
  drawSoon(() => { waiting = false; render(); });
}

// -- frame ------------------------------------------------------------------------------------------------

function status() {
  const node = $("line");
  if (!node) return;
  node.className = S.line === "open" ? "line open" : "line";
  node.textContent = S.line === "open" || !wire ? "" : "Reconnecting …";
}

function head() {
  if (!$("clock")) {
    fill($("top"), el("div", { class: "brand" }, el("h1", { id: "where" }, "Open Door"), el("p", { id: "what" })),
      el("div", { class: "right" }, el("span", { id: "line", class: "line", role: "status" }), el("span", { id: "clock", class: "clock", role: "timer", "aria-label": "Time left" })));
    clock = new Clock($("clock"));
    status();
  }
  const me = S.me;
  if (me) clock.set(me);
  $("where").textContent = me?.seat ? seatName(S.scenario, me.seat) : S.scenario?.title ?? "Open Door";
  const turn = me && ["practice", "play", "council"].includes(me.stage)
    ? `${me.stage === "practice" ? "Practice turn" : me.over ? "All turns are played" : `Turn ${Math.min(me.turn, me.turns)} of ${me.turns}`}${S.desk ? ` · ${S.desk.months}` : ""}` : S.scenario?.title ?? "";
  $("what").textContent = `${turn}${me && me.worlds > 1 ? ` · World ${me.world}` : ""}`;
}

const TABS = [["desk", "Orders"], ["map", "Map"], ["councils", "Councils"], ["talks", "Talks"], ["report", "Report"], ["channel", "Messages"], ["role", "Role"]];

function tabs() {
  const nav = $("nav");
  const playing = S.me && (S.me.seat || (S.me.observer && !S.seats)) && !needsCheck() && S.me.stage !== "lobby";
  nav.hidden = !playing;
  if (!playing) return;
  nav.setAttribute("aria-label", "Parts of the game");
  const shown = S.me.seat ? [...(S.me.stage === "debrief" ? [["debrief", "Debrief"]] : []), ...TABS] : [["map", "Map"], ["report", "News"]];
  if (!shown.some(([id]) => id === S.tab)) S.tab = shown[0][0];
  const badges = { channel: S.unread, desk: S.desk?.card && !S.desk.card.answered ? "!" : 0 };
  fill(nav, shown.map(([id, title]) => el("button", { type: "button", id: `tab-${id}`, class: "tab", "aria-current": S.tab === id ? "page" : null,
    on: { click: () => { S.tab = id; S.moved = true; if (id === "channel") S.unread = 0; render(); scrollTo({ top: 0 }); } } }, title,
    badges[id] ? el("span", { class: "badge" }, badges[id], el("span", { class: "hidden" }, id === "channel" ? " new" : " a decision waits")) : null)));
}

const needsCheck = () => S.me?.seat && !S.me.checked && S.me.stage !== "debrief";

function render() {
  head(); tabs();
  const main = $("main");
  document.body.dataset.tab = S.tab;
  const page = !mine && !S.me ? joinPage() : !S.me ? el("p", { class: "quiet loading" }, "Connecting …")
    : S.me.frozen ? [notice("The teacher has stopped the game for a moment. Look up."), body()] : body();
  if (S.tab === "map" && $("nav").hidden === false && $("map")) { fill($("map-side"), mapSide()); showMap(); return; }
  map = null;
  fill(main, page);
  if ($("map")) { map = new AtlasMap($("map")); showMap(); }
}

function notice(text) { return el("p", { class: "notice", role: "status" }, text); }

function body() {
  const me = S.me;
  if (!me.seat && (!me.observer || S.seats)) return seatPage();
  if (me.stage === "lobby") return lobbyPage();
  if (needsCheck()) return checkPage();
  if (me.stage === "roles" && S.tab === "desk") return rolePage(true);
  const pages = { desk: deskPage, map: mapPage, councils: councilsPage, talks: talksPage, report: reportPage, channel: channelPage, role: () => rolePage(false), debrief: debriefPage };
  return (pages[S.tab] ?? mapPage)();
}

// -- joining ----------------------------------------------------------------------------------------------

function joinPage() {
  const send = (event) => {
    event.preventDefault();
    const name = S.drafts.name?.trim(), pin = S.drafts.pin?.trim();
    if (!name || !pin) { say("Type the PIN and your name.", "bad"); return; }
    $("join-send").disabled = true;
    const ask = { do: "join", pin, name, key: "join" };
    wire?.stop();
    connect(() => (mine ? { do: "hello", token: mine } : ask));
  };
  return el("form", { class: "panel join", on: { submit: send } },
    el("h2", {}, "Join the class"),
    field("pin", "PIN, as on the screen", { inputmode: "numeric", autocomplete: "off", maxlength: 12 }),
    field("name", "Your name (a first name is enough)", { autocomplete: "nickname", maxlength: 40 }),
    el("button", { id: "join-send", class: "button primary", type: "submit" }, "Join"),
    el("p", { class: "quiet" }, "Your teacher can read everything that is written here. Nothing but the name you type is kept of you, on your teacher's machine alone."));
}

function field(id, label, props = {}) {
  return el("label", { class: "field", for: id }, el("span", {}, label),
    el("input", { id, name: id, value: S.drafts[id] ?? "", on: { input: (event) => { S.drafts[id] = event.target.value; } }, ...props }));
}

function seatPage() {
  const me = S.me;
  if (!me.choose) return el("section", { class: "panel" }, el("h2", {}, `Welcome, ${me.name}`), el("p", {}, "Your teacher gives out the seats. Please wait a moment."), about(), lookOn());
  return el("section", {}, el("div", { class: "panel" }, el("h2", {}, `Welcome, ${me.name}`), about(), el("h3", {}, "Choose a seat")),
    el("ul", { class: "seats" }, S.scenario.seats.map((one) => {
      const free = me.free[one.seat] ?? 0, declined = me.declined.includes(one.seat);
      return el("li", { class: "panel seat", key: one.seat }, el("h4", {}, one.name), el("p", {}, one.goal),
        el("p", { class: "quiet small" }, declined ? "You would rather not play this role." : free ? `${free} ${free === 1 ? "place" : "places"} free` : "Taken; your teacher can still move you there"),
        button("Take this seat", () => wire.ask({ do: "take", seat: one.seat }), "primary", { disabled: !free, "aria-label": `Take this seat: ${one.name}` }));
    })),
    lookOn());
}

function lookOn() {
  if (!S.me.watch && !S.me.observer) return null;
  return el("div", { class: "panel", key: "look-on" }, el("p", {}, "You may also look on: you see the map and the news, and give no orders."),
    button("Look on", () => { S.seats = false; S.me.observer ? render() : wire.ask({ do: "watch" }); }));
}

function seatAfterAll() {
  if (!S.me.observer || !S.me.choose) return null;
  return el("div", { class: "panel", key: "seat-after-all" }, el("p", {}, "You are looking on."), button("Choose a seat after all", () => { S.seats = true; render(); scrollTo({ top: 0 }); }));
}

function about() { return el("div", {}, el("p", {}, el("strong", {}, S.scenario?.title)), el("p", {}, S.scenario?.briefing)); }

function lobbyPage() {
  return [el("section", { class: "panel" }, el("h2", {}, `Welcome, ${S.me.name}`), el("p", {}, "The lesson begins soon. Your seat: ", el("strong", {}, seatName(S.scenario, S.me.seat) || "observer"), "."), team(), about()),
    S.role && roleCard(), leaveSeat(), seatAfterAll()];
}

function team() {
  const others = S.me.team.filter((one) => one.name !== S.me.name);
  return others.length ? el("p", {}, "With you: ", others.map((one) => `${one.name}${one.here ? "" : " (away)"}`).join(", ")) : null;
}

function roleCard() {
  const role = S.role;
  return el("section", { class: "panel role" }, el("h2", {}, role.name), el("p", {}, role.briefing),
    el("h3", {}, "What you want"), el("p", {}, role.goal), el("h3", {}, "What stands in your way"), el("p", {}, role.objections),
    el("h3", {}, "Orders that help"), el("ul", {}, role.helps.map((one) => el("li", {}, one))));
}

function leaveSeat() {
  if (!S.me.seat) return null;
  return el("details", { class: "panel quietly" }, el("summary", {}, "I would rather not play this role"),
    el("p", {}, "That is all right, and you need not say why. You get another seat or may look on."),
    button("Give this role back", () => wire.ask({ do: "decline" })));
}

function checkPage() {
  const role = S.role;
  if (!role) return el("p", { class: "loading quiet" }, "Loading your role card …");
  return [roleCard(), el("form", { class: "panel check", on: { submit: (event) => { event.preventDefault();
    if (role.questions.some((_, i) => S.answers[i] === undefined)) { say("Answer all three questions.", "bad"); return; }
    wire.ask({ do: "check", answers: S.answers }); } } },
    el("h2", {}, "Three questions about your role"), el("p", { class: "quiet" }, "You can look at the card above. Try as often as you need."),
    role.questions.map((one, i) => el("fieldset", { class: S.wrong?.includes(i) ? "wrong" : "" }, el("legend", {}, `${i + 1}. ${one.ask}`),
      S.wrong?.includes(i) && el("p", { class: "small bad" }, "Not quite. Read the card once more."),
      one.answers.map((text, n) => el("label", { class: "answer" }, el("input", { type: "radio", name: `q${i}`, id: `q${i}-${n}`, checked: S.answers[i] === n,
        on: { change: () => { S.answers[i] = n; } } }), el("span", {}, text))))),
    el("button", { class: "button primary", type: "submit" }, "Check my answers")), leaveSeat()];
}

// -- orders -----------------------------------------------------------------------------------------------

function deskPage() {
  const desk = S.desk, me = S.me, view = S.view;
  if (!desk) return el("p", { class: "quiet loading" }, "Loading …");
  if (me.over || desk.over) return el("section", { class: "panel" }, el("h2", {}, "The last turn is played"), el("p", {}, "Your teacher opens the debrief soon."), goals());
  return el("div", { class: "columns" }, el("div", {},
    me.stage === "practice" && notice("Practice turn: try whatever you like. Nothing counts yet."),
    me.stage === "roles" && notice("Read your role. The game begins soon."),
    purse(desk), desk.card && cardPanel(desk.card), queuePanel(desk)),
  el("div", {}, view ? ordersPanel(view) : el("p", { class: "quiet loading" }, "Loading the orders …"), goals()));
}

function purse(desk) {
  return el("dl", { class: "purse" }, el("div", {}, el("dt", {}, "Political capital"), el("dd", { class: "figure" }, desk.purse, desk.income && el("span", { class: "small" }, ` (${desk.income} last turn)`))),
    el("div", {}, el("dt", {}, "Orders left"), el("dd", { class: "figure" }, `${desk.slots} of ${desk.allowed}`)),
    el("div", {}, el("dt", {}, "Score"), el("dd", { class: "figure" }, desk.score, desk.score_change && el("span", { class: "small" }, ` ${desk.score_change}`))));
}

function cardPanel(card) {
  return el("section", { class: "panel card" }, el("p", { class: "over" }, "A decision on your desk"), el("h2", {}, card.headline), el("p", {}, card.text), card.record && el("p", { class: "quiet" }, card.record),
    card.contested && el("p", { class: "small" }, "The facts are contested."), el("p", { class: "quiet small" }, `Source: ${card.source}`),
    el("ul", { class: "choices" }, card.choices.map((one) => el("li", { key: one.id, class: one.queued ? "chosen" : "" },
      el("h3", {}, one.title, one.cost ? el("span", { class: "cost" }, `${one.cost} capital`) : null), el("p", {}, one.help),
      effects(one), one.default && el("p", { class: "quiet small" }, "This is taken if you do not answer."),
      one.queued ? button("Take back", () => withdraw(one.id)) : card.answered ? null : one.legal ? give(one, "Choose") : reasons(one.reasons)))));
}

function queuePanel(desk) {
  const me = S.me;
  return el("section", { class: "panel queue" }, el("h2", {}, "Your orders this turn"),
    desk.queue.length ? el("ol", {}, desk.queue.map((one) => el("li", { key: one.id }, el("div", {}, el("strong", {}, one.title), one.cost ? el("span", { class: "cost" }, `${one.cost} capital`) : null,
      me.why[one.id] && el("p", { class: "quiet small" }, `“${me.why[one.id]}”`)), button("Take back", () => withdraw(one.id), "small", { "aria-label": `Take back: ${one.title}` }))))
      : el("p", { class: "quiet" }, "None yet. The others do not see your orders until the turn ends."),
    team(),
    el("div", { class: "handin" }, me.done
      ? [el("p", { class: "good" }, "✓ Handed in. ", `${me.ready} of ${me.seats_taken} seats are ready.`), button("Change something", () => wire.ask({ do: "done", done: false, turn: me.turn }), "small")]
      : button("Hand in", () => wire.ask({ do: "done", done: true, turn: me.turn }), "primary", { id: "hand-in" })));
}

function ordersPanel(view) {
  const all = view.orders.all;
  return el("section", { class: "panel" }, el("h2", {}, "Orders that matter now"),
    el("ul", { class: "orders" }, view.orders.now.map((one) => orderRow(one, "now"))),
    el("h2", {}, "All orders"),
    all.map((group) => {
      const id = `group-${group.id}`;
      const legal = group.orders.filter((one) => isOpen(one)).length;
      return el("details", { id, open: S.open.has(id), on: { toggle: (event) => toggled(event, id) } },
        el("summary", {}, group.title, el("span", { class: "quiet small" }, ` ${legal} of ${group.orders.length} open`)),
        S.open.has(id) ? el("ul", { class: "orders" }, group.orders.map((one) => orderRow(one, group.id))) : null);
    }));
}

function toggled(event, id) {
  const was = S.open.has(id);
  if (event.target.open === was) return;
  if (event.target.open) S.open.add(id); else S.open.delete(id);
  schedule();
}

const isOpen = (one) => S.desk.open.includes(one.id);
const isQueued = (one) => S.desk.queue.some((other) => other.id === one.id);

function orderRow(one, where) {
  const id = `o-${where}-${one.id}`, open = S.open.has(id), legal = isOpen(one), queued = isQueued(one);
  const asked = S.asked[one.id] ?? {};
  return el("li", { key: id, class: queued ? "order queued" : legal ? "order" : "order locked" },
    el("button", { type: "button", id, class: "order-head", "aria-expanded": String(open), on: { click: () => {
      if (open) S.open.delete(id); else { S.open.add(id); if (!legal && !queued && !asked.reasons) wire.ask({ do: "ask", what: "reasons", order: one.id }); }
      render(); } } },
      el("span", { class: "mark", "aria-hidden": "true" }, queued ? "✓" : legal ? "▸" : "🔒"), el("span", { class: "order-title" }, one.title, !legal && !queued ? el("span", { class: "hidden" }, " (locked)") : null),
      el("span", { class: "cost" }, one.free ? "free" : `${one.cost}`, el("span", { class: "hidden" }, " capital"))),
    open && el("div", { class: "order-body" }, el("p", {}, one.help), effects(one), one.covert && el("p", { class: "small" }, "The other seats do not see this order."),
      queued ? button("Take back", () => withdraw(one.id)) : legal ? [give(one, "Give this order"), forecast(one, asked)] : reasons(asked.reasons?.reasons ?? one.reasons)));
}

function effects(one) { return one.effects.length ? el("ul", { class: "effects" }, one.effects.map((text) => el("li", {}, text))) : null; }
function reasons(list) { return el("ul", { class: "reasons" }, list.length ? list.map((text) => el("li", {}, text)) : el("li", {}, "It cannot be given at the moment.")); }

function give(one, words) {
  const me = S.me, id = `why-${one.id}`;
  const off = me.frozen || !["practice", "play", "council"].includes(me.stage);
  return el("div", { class: "give" },
    me.rationale !== "off" && field(id, me.rationale === "required" ? "Why? (needed)" : "Why? (if you like)", { maxlength: 400, class: "why" }),
    button(words, async () => { if (await wire.ask({ do: "order", order: one.id, why: (S.drafts[id] ?? "").trim() })) { delete S.drafts[id]; say(`Noted: ${one.title}`, "good"); } }, "primary", { disabled: off }));
}

function withdraw(id) { wire.ask({ do: "withdraw", order: id }); }

function forecast(one, asked) {
  if (!S.me.forecasts) return null;
  if (!asked.forecast) return button(asked.waiting ? "Reckoning …" : "What would it change?", () => { S.asked[one.id] = { ...asked, waiting: true }; render(); wire.ask({ do: "ask", what: "forecast", order: one.id }).then(() => { if (S.asked[one.id]) S.asked[one.id].waiting = false; schedule(); }); }, "small", { disabled: asked.waiting });
  return el("div", { class: "forecast" }, el("h4", {}, asked.forecast.title),
    el("table", {}, el("thead", {}, el("tr", {}, ["", "Most likely", "Range"].map((text) => el(text ? "th" : "td", text ? { scope: "col" } : {}, text)))),
      el("tbody", {}, asked.forecast.rows.map((row) => el("tr", {}, el("th", { scope: "row" }, row.title), el("td", { class: `figure ${row.tone}` }, row.likely), el("td", { class: "figure" }, row.difference))))),
    el("p", { class: "quiet small" }, asked.forecast.note));
}

function goals() {
  const told = S.view?.goals;
  if (!told) return null;
  return el("section", { class: "panel" }, el("h2", {}, "Objectives"), el("p", {}, told.goal),
    el("ul", { class: "goals" }, told.rows.map((row) => el("li", {}, el("span", {}, el("strong", {}, row.title), el("br"), el("span", { class: "quiet small" }, row.worth)), el("span", { class: "figure" }, row.points)))),
    el("p", {}, "Score ", el("strong", { class: "figure" }, told.score), told.par !== null ? ` · par ${told.par}` : ""));
}

// -- the other tabs ---------------------------------------------------------------------------------------

function mapPage() { return el("div", { class: "map-page" }, el("div", { id: "map", class: "map-box" }), el("div", { id: "map-side" }, mapSide())); }
const pictures = () => (S.view ?? S.public)?.maps;

function mapSide() {
  const all = pictures();
  if (!all) return null;
  return [el("div", { class: "panel" }, legend(all, S.mode || all[0].id, (id) => { S.mode = id; render(); }, (S.view ?? S.public).footnotes)), countriesTable()];
}

function showMap() { const all = pictures(); if (map && all) map.show(all.find((one) => one.id === S.mode) ?? all[0]); }

function countriesTable() {
  const table = S.view?.countries;
  if (!table) return null;
  return el("section", { class: "panel scroll", tabindex: 0, role: "region", "aria-label": "Countries" }, el("h2", {}, "Countries"), el("table", { class: "countries" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Country"), table.titles.map((title) => el("th", { scope: "col" }, title)))),
    el("tbody", {}, table.rows.map((row) => el("tr", { class: row.id === S.me.seat ? "own" : "" }, el("th", { scope: "row" }, row.name),
      row.values.map((one) => el("td", {}, one ? one.text : "–", one?.change ? el("span", { class: `change ${one.tone}` }, ` ${one.change}`) : null)))))));
}

function councilsPage() {
  if (!S.view) return el("p", { class: "quiet loading" }, "Loading …");
  return [el("p", { class: "quiet" }, "What you know of every member before the vote. A member below nought objects, and so does one with a reason."),
    S.view.councils.map((one) => councilBlock(one, votes))];
}

function votes(candidate) {
  if (!candidate.votes.length) return null;
  return el("div", { class: "votes" }, el("h4", {}, "Your voice"), el("ul", { class: "orders" }, candidate.votes.map((one) => orderRow(one, "vote"))));
}

function talksPage() {
  if (!S.view) return el("p", { class: "quiet loading" }, "Loading …");
  const mineFirst = [...S.view.talks].sort((a, b) => Number(b.mine) - Number(a.mine));
  return mineFirst.map((row) => el("section", { class: "panel talk" }, el("h2", {}, row.name, " ", el("span", { class: "chip" }, row.state)), el("p", { class: "quiet" }, row.note),
    el("p", {}, row.verdict),
    el("ul", { class: "sides" }, row.sides.map((side) => el("li", { class: side.accepts ? "accepts" : "" }, el("strong", {}, side.name), ` would gain ${side.gain}`, side.deed && side.deed !== "None" ? ` · deed: ${side.deed}` : "",
      el("p", { class: "quiet small" }, side.terms.map((term) => `${term.title} ${term.text}`).join(" · ")))))));
}

function reportPage() {
  const view = S.view ?? S.public;
  if (!view) return el("p", { class: "quiet loading" }, "Loading …");
  const report = view.report;
  return el("div", { class: "columns" }, el("div", {}, el("section", { class: "panel" }, el("h2", {}, "News"), newsList(view.news)), seatAfterAll(),
    report?.orders?.length ? el("section", { class: "panel" }, el("h2", {}, "Who ordered what"), el("ul", { class: "plain" }, report.orders.map((one) => el("li", {}, el("strong", {}, one.name), `: ${one.orders.join("; ")}`)))) : null),
  el("div", {}, report && el("section", { class: "panel" }, el("h2", {}, `What changed, and why: ${report.when}`),
    el("ul", { class: "changes" }, report.changes.map((one) => el("li", { class: one.own ? "own" : "" }, el("p", {}, el("strong", {}, one.title), " ", one.before, " → ", el("span", { class: `figure ${one.tone}` }, one.after)),
      one.causes.length ? el("p", { class: "quiet small" }, one.causes.map((cause) => `${cause.text} ${cause.amount}`).join(" · ")) : null)))),
    S.me.seat && el("section", { class: "panel" }, el("h2", {}, "Earlier news"), S.history ? newsList(S.history) : button("Show the history", () => wire.ask({ do: "ask", what: "history" })))));
}

function channelPage() {
  const seats = S.scenario.seats.filter((one) => one.seat !== S.me.seat);
  const to = S.talkTo || seats[0]?.seat || "teacher";
  const closed = !S.me.channels;
  const send = async (event) => {
    event.preventDefault();
    const text = (S.drafts.message ?? "").trim();
    if (!text) return;
    if (await wire.ask({ do: "say", to, text })) { S.drafts.message = ""; const box = $("message"); if (box) box.value = ""; }
  };
  const shown = S.said.filter((one) => !S.talkTo || one.from === "teacher" || [one.from, one.to].includes(S.talkTo) || one.to === "all");
  return el("section", { class: "panel channel" }, el("h2", {}, "Messages between seats"), el("p", { class: "notice soft" }, "Your teacher can read all of this."),
    el("label", { class: "field", for: "to" }, el("span", {}, "To"), el("select", { id: "to", on: { change: (event) => { S.talkTo = event.target.value; render(); } } },
      [...(closed ? [] : seats), { seat: "teacher", name: "Teacher" }].map((one) => el("option", { value: one.seat, selected: one.seat === to }, one.name)))),
    el("ol", { class: "said", "aria-live": "polite" }, shown.slice(-60).map((one) => el("li", { key: one.n, class: one.from === S.me.seat ? "mine" : one.from === "teacher" ? "teacher" : "" },
      el("p", { class: "meta" }, `${seatName(S.scenario, one.from)} to ${seatName(S.scenario, one.to)}${one.by ? ` (${one.by})` : ""}`), el("p", {}, one.text)))),
    el("form", { on: { submit: send } }, field("message", "Message", { maxlength: 1000, autocomplete: "off" }), el("button", { class: "button primary", type: "submit" }, "Send")));
}

function rolePage(first) {
  return [first && notice("Read your role. The game begins soon."), S.role && roleCard(), goals(), S.scenario && el("details", { class: "panel" }, el("summary", {}, "The situation"), about()),
    S.me.stage === "roles" ? leaveSeat() : null,
    el("details", { class: "panel quietly" }, el("summary", {}, "This is not me"), el("p", {}, `You play as ${S.me.name}.`), button("Leave on this device", () => { keep("door-pupil", ""); location.reload(); }))];
}

function debriefPage() {
  const told = S.outcome;
  if (!told) { if (!S.askedOutcome) { S.askedOutcome = true; wire.ask({ do: "ask", what: "outcome" }).finally(() => { S.askedOutcome = false; }); } return el("p", { class: "quiet loading" }, "Adding up …"); }
  return el("div", { class: "columns" }, el("div", {}, el("section", { class: "panel" }, el("h2", {}, told.title), el("p", {}, told.text)), el("section", { class: "panel" }, el("h2", {}, "Scores"), scoreTable(told.scores)),
    el("section", { class: "panel" }, el("h2", {}, "Questions to talk about"), el("ol", {}, told.questions.map((text) => el("li", {}, text))))),
  el("div", {}, el("section", { class: "panel" }, el("h2", {}, "Your decisions"), el("ul", { class: "plain" }, told.decisions.map((one) => el("li", {}, `Turn ${one.turn}: `, el("strong", {}, one.order), one.why ? el("p", { class: "quiet small" }, `“${one.why}” ${one.by.join(", ")}`) : null)))),
    el("section", { class: "panel" }, statusTable(told.statuses)), told.recorded.length ? el("section", { class: "panel" }, el("h2", {}, "What the record says"), el("ul", { class: "plain" }, told.recorded.map((one) => el("li", {}, el("strong", {}, one.when), `: ${one.title}. `, el("span", { class: "quiet small" }, `Source: ${one.source}`))))) : null));
}

if (mine) connect(() => ({ do: "hello", token: mine }));
render();
