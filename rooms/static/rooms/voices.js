// What changed that matters, said once in a short sentence: the polite live region for those who listen to the page,
// and a signal for whoever looks elsewhere.
//
// The contract with the panels. A panel tells a fact in a hidden element of its own:
//
//   <span hidden data-voice="floor" data-voice-key="r12" data-voice-words="Japan has the floor."></span>
//
// data-voice is the matter, data-voice-key the fact. A fact that was not on the page before is said, in its words; of
// several facts of one matter that come at once only the newest is, and one that calls somebody goes before one that
// does not. What was there when the page came is not said. `data-signal="You have the floor"` beside it says that this
// person is called: it also rings, and stands in the tab's title until they look.
//
// Only what a panel tells can be said here, so nothing is said to anybody that is not on their own page.
import { signal, startSignals, wants } from "./signals.js";

const SETTLE = 350; // ms in which what happens together comes together
const GAP = 3000; // ms between two announcements, unless somebody is called: a listener has other things to hear
const AT_ONCE = 2; // sentences of one announcement
const STAYS = 8000; // ms after which what was said is no longer found by reading on

export function factsOf(elements) {
  return elements.map(({ dataset }) => ({
    id: `${dataset.voice} ${dataset.voiceKey || ""}`,
    matter: dataset.voice,
    words: dataset.voiceWords || "",
    signal: dataset.signal || "",
  }));
}

// What is on the page now and was not before.
export function news(facts, known) {
  return facts.filter((fact) => !known.has(fact.id));
}

// One fact a matter: a call before any other, then the newest. Calls first; if there is too much, the newest stays.
export function merged(waiting) {
  const matters = new Map();
  for (const fact of waiting) {
    const held = matters.get(fact.matter);
    if (held?.signal && !fact.signal) continue;
    matters.delete(fact.matter);
    matters.set(fact.matter, fact);
  }
  const all = [...matters.values()].filter((fact) => fact.words);
  const calls = all.filter((fact) => fact.signal).slice(-AT_ONCE);
  const others = all.filter((fact) => !fact.signal);
  return [...calls, ...others.slice(Math.max(0, others.length - (AT_ONCE - calls.length)))];
}

// How long an announcement still waits.
export function patience(now, spokenAt, called) {
  return called ? SETTLE : Math.max(SETTLE, spokenAt + GAP - now);
}

let known = new Set(); // the facts on the page
let waiting = []; // those not yet said
let spokenAt = -Infinity;
let dueAt = Infinity;
let timer;
let silence;

// A live region tells of changes: it is emptied first, so that the same words twice are two announcements.
function say(words) {
  const place = document.getElementById("voice");
  if (!place || !words || !wants("voice")) return;
  place.textContent = "";
  clearTimeout(silence);
  setTimeout(() => { place.textContent = words; }, 50);
  silence = setTimeout(() => { place.textContent = ""; }, STAYS);
}

function announce() {
  const still = waiting.filter((fact) => known.has(fact.id)); // what has passed meanwhile is no news
  waiting = [];
  dueAt = Infinity;
  spokenAt = Date.now();
  say(merged(still).map((fact) => fact.words).join(" "));
}

// Sooner if it must be, never later: news upon news may not put an announcement off for ever.
function hasten(wait) {
  dueAt = Math.min(dueAt, Date.now() + wait);
  clearTimeout(timer);
  timer = setTimeout(announce, dueAt - Date.now());
}

function look() {
  const facts = factsOf([...document.querySelectorAll("[data-voice]")]);
  const fresh = news(facts, known);
  known = new Set(facts.map((fact) => fact.id));
  if (!fresh.length) return;
  waiting.push(...fresh);
  for (const { signal: words } of merged(fresh)) if (words) signal(words);
  hasten(patience(Date.now(), spokenAt, fresh.some((fact) => fact.signal)));
}

// Facts outlive a page that is only loaded anew, as when somebody is let in: what that changed is said then.
function kept() {
  try {
    const facts = JSON.parse(sessionStorage.getItem(place()));
    return Array.isArray(facts) ? new Set(facts) : null;
  } catch {
    return null; // storage may be forbidden; then the new page begins in silence
  }
}

function keep() {
  try {
    sessionStorage.setItem(place(), JSON.stringify([...known]));
  } catch {
    // the next page then begins in silence
  }
}

function place() {
  return `neacd-told ${location.pathname}`;
}

export function startVoices(body) {
  startSignals(say);
  const before = kept();
  if (before) known = before;
  else known = new Set(factsOf([...document.querySelectorAll("[data-voice]")]).map((fact) => fact.id));
  look();
  body.addEventListener("htmx:after:swap", look);
  window.addEventListener("pagehide", keep);
}
