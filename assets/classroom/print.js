// Role cards, join card, discussion sheet and answers, for the printer.
import { el, fill, button } from "./draw.js";
import { token } from "./common.js";

const mine = token("door-teacher");
const main = document.getElementById("main");

async function load() {
  const got = await fetch("/handouts", { headers: { authorization: `Bearer ${mine}` } });
  if (!got.ok) { fill(main, el("p", { class: "notice" }, "Open this page from the teacher's console.")); return; }
  show(await got.json());
}

function show(told) {
  fill(document.getElementById("top"), el("div", { class: "brand" }, el("h1", {}, told.scenario.title), el("p", {}, "Handouts")), el("div", { class: "right" }, button("Print", () => print(), "primary")));
  fill(main,
    el("section", { class: "sheet" }, el("h2", {}, `${told.scenario.title}: the situation`), el("p", {}, told.scenario.briefing), told.goals.length ? [el("h3", {}, "Goals of the lesson"), el("ul", {}, told.goals.map((text) => el("li", {}, text)))] : null,
      el("p", { class: "big" }, "Join at ", el("strong", {}, `${told.address}/`), " with the PIN ", el("strong", {}, told.pin)), el("img", { src: "/qr.svg", alt: "QR code of the address", class: "qr" })),
    told.cards.map((card) => el("section", { class: "sheet" }, el("p", { class: "over" }, told.scenario.title), el("h2", {}, card.name), el("p", {}, card.briefing), el("h3", {}, "What you want"), el("p", {}, card.goal),
      el("ul", {}, card.objectives.map((one) => el("li", {}, el("strong", {}, one.title), `: ${one.worth}`))), el("h3", {}, "What stands in your way"), el("p", {}, card.objections),
      el("h3", {}, "Orders that help"), el("ul", {}, card.helps.map((text) => el("li", {}, text))), el("h3", {}, "Three questions"),
      el("ol", {}, card.questions.map((one) => el("li", {}, one.ask, el("ul", { class: "boxes" }, one.answers.map((text, n) => el("li", {}, `${"abcde"[n]} ☐ ${text}`)))))), el("p", { class: "quiet small" }, told.footnotes.join(" ")))),
    el("section", { class: "sheet" }, el("h2", {}, "Questions to talk about"), el("ol", { class: "lined" }, told.questions.map((text) => el("li", {}, text)))),
    el("section", { class: "sheet record" }, el("h2", {}, "What the record says"), el("ul", {}, told.recorded.map((one) => el("li", {}, el("strong", {}, one.when), `: ${one.title}. `, el("span", { class: "quiet small" }, one.source)))), el("h3", {}, "Sources"), el("p", { class: "small" }, told.sources.join("; "), told.sources.some((text) => /^S[1-5]$/.test(text)) ? ". S1 to S5 are explained in the game's list of sources (docs/sources.md)." : "")),
    el("section", { class: "sheet teacher-only" }, el("h2", {}, "For the teacher: answers, and roles that need care"), told.age.length ? el("p", {}, `Age ${told.age.join("–")} · ${told.minutes} minutes`) : null,
      el("ul", {}, told.cards.map((card) => el("li", {}, el("strong", {}, card.name), `: ${card.right.map((n, i) => `${i + 1} ${"abcde"[n]}`).join(", ")}`, card.care ? el("p", {}, card.care) : null)))));
}

if (mine) load(); else fill(main, el("p", { class: "notice" }, "Open this page from the teacher's console."));
