// What has come for you and was not yet in sight: counted on the links that lead there, and on what is folded.
//
// The contract with the panels: data-news="3" on an element with an id says how many things have come there so far. They
// are seen once the element is in sight; a fold only while it is open. What is new and not seen stands in data-unread of
// the element and of every link to a part that holds it (the tabs, the parts of Private); the style sheet shows it.
const LINKS = ".tabbar a, .asides a";
const LEAST = 24; // pixels of it that must be in view

// How many are new in each place, by its id. What is in sight is seen from now on; so is what was taken back.
export function unread(places, seen) {
  const fresh = new Map();
  for (const { id, news, shown } of places) {
    const known = seen.get(id) || 0;
    if (shown || news < known) seen.set(id, news);
    fresh.set(id, shown ? 0 : Math.max(0, news - known));
  }
  return fresh;
}

// How much of the element can be seen, in pixels: of what its scrolling parts and the window leave of it.
function heightSeen(place) {
  let { top, bottom } = place.getBoundingClientRect();
  for (let one = place.parentElement; one; one = one.parentElement) {
    if (one !== document.body && getComputedStyle(one).overflowY === "visible") continue;
    const box = one === document.body ? { top: 0, bottom: innerHeight } : one.getBoundingClientRect();
    [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
  }
  return bottom - top;
}

function inSight(place) {
  if (document.visibilityState !== "visible" || place.matches("details:not([open])")) return false;
  return place.getClientRects().length > 0 && heightSeen(place) >= LEAST;
}

function placesOf(elements) {
  return elements.map((one) => ({ id: one.id, news: Number(one.dataset.news), shown: inSight(one) }));
}

function mark(element, many) {
  if (many) element.dataset.unread = many;
  else delete element.dataset.unread;
}

// A fold with something new opens by itself, unless somebody writes, or reads another: then it only says how much.
function unfold(elements, counts) {
  const writing = document.activeElement?.matches("textarea,input:not([type=checkbox])");
  const busy = writing || elements.some((one) => one.matches("details") && inSight(one));
  for (const one of elements) {
    const before = counts.get(one.id);
    counts.set(one.id, Number(one.dataset.news));
    if (!busy && before < counts.get(one.id) && one.matches("details")) one.open = true;
  }
}

function kept(name) {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(name)));
  } catch {
    return new Map(); // storage may be forbidden, or hold somebody else's words; then all is new
  }
}

function keep(name, seen) {
  try {
    sessionStorage.setItem(name, JSON.stringify([...seen]));
  } catch {
    // the next page then counts anew
  }
}

export function startUnread(body) {
  const name = `neacd-seen ${location.pathname}`;
  const seen = kept(name);
  const counts = new Map();
  const look = () => {
    const elements = [...document.querySelectorAll("[data-news]")];
    unfold(elements, counts);
    const fresh = unread(placesOf(elements), seen);
    for (const one of elements) mark(one, fresh.get(one.id));
    for (const link of document.querySelectorAll(LINKS)) {
      const part = document.getElementById(link.hash.slice(1));
      const within = elements.filter((one) => part?.contains(one));
      mark(link, within.reduce((sum, one) => sum + fresh.get(one.id), 0));
    }
    keep(name, seen);
  };
  look();
  body.addEventListener("htmx:after:swap", look);
  body.addEventListener("click", () => setTimeout(look)); // a tab may have come to the front
  body.addEventListener("toggle", look, true);
  document.addEventListener("scrollend", look, true);
  document.addEventListener("visibilitychange", look);
}
