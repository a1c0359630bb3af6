// The projector: large map, date, clock, who is ready; the PIN in the lobby; the council when it meets.
import { el, fill } from "./draw.js";
import { token, Wire, Clock, newsList, councilBlock } from "./common.js";
import { AtlasMap, legend } from "./map.js";

const S = { scenario: null, states: {}, views: {}, world: 1, mode: "", shown: "" };
const $ = (id) => document.getElementById(id);
const mine = token("door-projector");
let clock = null;
let gone = false;
let map = null;

function hear(heard) {
  if (heard.is === "scenario") S.scenario = heard;
  if (heard.is === "state") { S.states[heard.world] = heard; S.world = Math.min(S.world, heard.worlds); }
  if (heard.is === "public") S.views[heard.world] = heard;
  render();
}

function render() {
  const state = S.states[S.world], view = S.views[S.world];
  if (!clock) {
    fill($("top"), el("div", { class: "brand" }, el("h1", { id: "where" }, "Open Door"), el("p", { id: "what" })), el("div", { class: "right" }, el("span", { id: "ready" }), el("span", { id: "clock", class: "clock" })));
    clock = new Clock($("clock"));
  }
  if (!state) return;
  if (gone) { clock.set({ ...state, until: null, left: null }); $("ready").textContent = "Reconnecting …"; return; }
  clock.set(state);
  const worlds = state.worlds;
  $("where").textContent = S.scenario?.title ?? "Open Door";
  const playing = ["practice", "play", "council"].includes(state.stage);
  $("what").textContent = [worlds > 1 ? `World ${S.world}` : "", state.stage === "practice" ? "Practice turn" : state.over && playing ? "All turns are played" : playing ? `Turn ${Math.min(state.turn, state.turns)} of ${state.turns}` : "", view?.months].filter(Boolean).join(" · ");
  $("ready").textContent = playing ? `${state.ready} of ${state.seats_taken} seats are ready` : "";
  document.body.dataset.stage = state.stage;
  const key = `${state.stage} ${S.world} ${view?.months} ${view?.turn} ${state.frozen} ${S.mode} ${state.pin} ${state.stage === "debrief" ? "" : view?.news?.length}`;
  if (key === S.shown) return;
  S.shown = key;
  if (state.stage === "lobby") { map = null; fill($("main"), lobby(state)); return; }
  const side = state.stage === "council" ? councils(view)
    : state.stage === "roles" ? el("section", { class: "panel" }, el("h2", {}, "Read your role card"), el("p", {}, S.scenario?.briefing))
      : el("section", { class: "panel" }, el("h2", {}, "News"), newsList(view?.news, "Nothing yet: the first turn is being played."));
  if (!$("map")) { fill($("main"), el("div", { id: "map", class: "map-box" }), el("aside", { id: "side", "aria-label": "What happens" }), el("div", { id: "legend", class: "panel" })); map = new AtlasMap($("map"), { controls: false, home: [-6600, -4300, 14600, 9400], size: Math.max(1, innerWidth / 1250) }); }
  fill($("side"), state.frozen ? el("p", { class: "notice" }, "The game is frozen. Look here, please.") : null, side);
  if (view) { const picture = view.maps.find((one) => one.id === S.mode) ?? view.maps[0]; map.show(picture); fill($("legend"), legend(view.maps, picture.id, (id) => { S.mode = id; render(); }, view.footnotes)); }
}

/** What is on the agenda; before a summit, who stands where. */
function councils(view) {
  const all = view?.councils ?? [];
  const open = all.map((one) => ({ ...one, help: "", candidates: one.candidates.filter((c) => c.agenda) })).filter((one) => one.candidates.length);
  if (open.length) return open.map((one) => councilBlock(one));
  return all.map((one) => el("section", { class: "panel" }, el("h2", {}, one.title), el("p", {}, one.next),
    el("ul", { class: "plain" }, one.candidates.map((c) => el("li", {}, el("strong", {}, c.name), `: ${c.rung}`)))));
}

function lobby(state) {
  return el("section", { class: "welcome" }, el("div", {}, el("h2", {}, "Join with your phone or laptop"), el("p", { class: "address" }, `${state.address}/`), el("p", { class: "pin" }, "PIN ", el("strong", {}, state.pin)),
    el("p", {}, "Nothing is installed. Type a first name. Your teacher can read what is written.")), el("img", { src: "/qr.svg", alt: "QR code of the address", class: "qr" }));
}

addEventListener("keydown", (event) => { if (S.states[event.key] && Number(event.key) <= S.states[1].worlds) { S.world = Number(event.key); S.shown = ""; render(); } });
if (mine) new Wire(() => ({ do: "hello", token: mine }), hear, (state) => { gone = state !== "open"; if (S.scenario) render(); if (state === "refused") fill($("main"), el("p", { class: "notice" }, "Open the projector from the teacher's console.")); });
else fill($("main"), el("p", { class: "notice" }, "Open the projector from the teacher's console."));
