// What the page left out at first comes when it is opened: an element with data-later="<address>" is replaced by the
// one of its id in the answer, as soon as it is displayed, however that came about. A frame that brings it sooner
// does the same; then the answer is not needed any more.
import { isNewer, put } from "./refresh.js";

const LEFT_OUT = "[data-later]";
const TRIES = 10;
const FRAMES_WITHIN = 1000; // ms: what else tells of the same events is here by then, or there was nothing to tell
const A_LOOK = 50; // ms between two looks whether it is
const asked = new Set(); // addresses that have not answered yet

// The addresses to ask: of what is wanted, each once, unless it was asked already.
export function toAsk(wanted, underWay) {
  return [...new Set(wanted)].filter((address) => !underWay.has(address));
}

// What puts it in place is a script that comes after this one.
async function htmxIsThere() {
  if (!window.htmx) await new Promise((go) => document.addEventListener("DOMContentLoaded", go, { once: true }));
}

// A frame says what to do to what stood before it: an answer that is ahead of it waits, or some of it came twice.
async function framesUpTo(cursor) {
  const until = Date.now() + FRAMES_WITHIN;
  while (Number(document.body.dataset.cursor || 0) < cursor && Date.now() < until) {
    await new Promise((go) => setTimeout(go, A_LOOK));
  }
}

// Whether an answer tells what every frame so far did: of what is not there yet, a frame's parts found no place.
async function isUpToDate(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) return true;
  const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
  await htmxIsThere();
  const cursor = answer.headers.get("X-Cursor"); // of what changes with events
  if (cursor) await framesUpTo(Number(cursor));
  const upToDate = isNewer({ cursor: cursor || Infinity }, document.body.dataset);
  const places = [...document.querySelectorAll(`[data-later="${CSS.escape(address)}"]`)];
  if (upToDate) put(places.map((place) => whole.getElementById(place.id)).filter(Boolean));
  return upToDate;
}

async function fetchOne(address) {
  asked.add(address);
  try {
    for (let tries = 0; tries < TRIES && !(await isUpToDate(address)); tries += 1);
  } catch {
    // the link stands there; the next look asks again
  } finally {
    asked.delete(address);
  }
}

function ask(places) {
  for (const address of toAsk(places.map((one) => one.dataset.later), asked)) fetchOne(address);
}

// What lies in a closed fold has a size all the same; browsers that cannot tell ask a little too soon.
function displayed(place) {
  return place.checkVisibility ? place.checkVisibility() : place.getClientRects().length > 0;
}

// "neacd:all" asks for everything: whoever reads the whole page wants what lies behind, too.
export function startLater(body) {
  const look = () => ask([...document.querySelectorAll(LEFT_OUT)].filter(displayed));
  look();
  body.addEventListener("click", () => setTimeout(look)); // a tab may have come to the front
  body.addEventListener("toggle", look, true);
  body.addEventListener("htmx:after:ws:connection", look);
  window.addEventListener("resize", look);
  body.addEventListener("neacd:all", () => ask([...document.querySelectorAll(LEFT_OUT)]));
}
