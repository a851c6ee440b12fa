// Clocks count here from instants that the server gave; it never sends ticks. Local times replace UTC ones.
const WARM = 30000; // ms left when a clock begins to ask for attention
const REHEARSED = 10000; // ms by which no room leads the wall's clock, unless it is rehearsed faster than life
const SURE = 3000; // ms over which its tempo is measured at least
const FASTER = 1.5;
const FARTHEST = 600000; // ms of its own time that it is believed to go on without a word
const times = new WeakMap(); // page -> what is known of the room's time

// Minutes and seconds; a clock past its end counts up with a plus sign.
export function reading(leftMs) {
  const seconds = leftMs >= 0 ? Math.ceil(leftMs / 1000) : Math.floor(-leftMs / 1000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return leftMs >= 0 ? text : `+${text}`;
}

export function mood(leftMs) {
  if (leftMs < 0) return "is-over";
  return leftMs <= WARM ? "is-warm" : "";
}

// What is left, and never more than there was: the two clocks are compared over a line that takes its time.
export function left({ ends, planned, pausedAt }, now) {
  const most = planned ? Number(planned) : Infinity;
  return Math.min(most, Number(ends) - Number(pausedAt || now));
}

function show(clock, now) {
  const leftMs = left(clock.dataset, now);
  const text = reading(leftMs);
  if (clock.textContent !== text) clock.textContent = text;
  for (const name of ["is-warm", "is-over"]) clock.classList.toggle(name, mood(leftMs) === name);
}

// Hours and minutes here, from 0 to 23 as the server writes them: two of them fit a line of the agenda. Made once: a
// page has a hundred of them, and a phone takes a millisecond to look up how its language writes the first.
const HOUR = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function hour(at) {
  return HOUR.format(new Date(at));
}

// The same with its day, where that is another one than today.
export function dayAndHour(at, now) {
  const day = new Date(at);
  if (day.toDateString() === new Date(now).toDateString()) return hour(at);
  return `${day.toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" })}, ${hour(at)}`;
}

function localTimes() {
  for (const time of document.querySelectorAll("time[data-at]")) {
    const text = "day" in time.dataset ? dayAndHour(time.dateTime, Date.now()) : hour(time.dateTime);
    if (time.textContent !== text) time.textContent = text;
  }
}

// How far the server's clock is ahead of ours: it told its time as the page began to arrive, not when it was drawn.
function aheadOf(serverNow) {
  const [page] = performance.getEntriesByType("navigation");
  return Number(serverNow) - (performance.timeOrigin + (page?.responseStart || performance.now()));
}

// What is known of the room's time, once it is told that something happened in it at an instant. It is never before
// that; and a room that runs away from the wall's clock is rehearsed faster than life: then at which tempo.
export function told(known, at, now) {
  const lead = Math.max(known.lead, at - now);
  if (at - now - known.start < REHEARSED) return { ...known, lead };
  const first = known.first ?? { at, now };
  const passed = now - first.now;
  return { ...known, lead, first, last: { at, now }, tempo: passed > SURE ? (at - first.at) / passed : 1 };
}

// Between what is told a rehearsed room goes on at its tempo, for a while.
export function roomTime({ lead, last, tempo }, now) {
  return tempo > FASTER ? last.at + Math.min((now - last.now) * tempo, FARTHEST) : now + lead;
}

function known(body) {
  if (!times.has(body)) {
    const start = body.dataset.serverNow ? aheadOf(body.dataset.serverNow) : 0;
    times.set(body, { start, lead: start, tempo: 1 });
  }
  return times.get(body);
}

export function notBefore(body, at) {
  times.set(body, told(known(body), at, Date.now()));
}

// The server's time of day, as this page knows it.
export function serverClock(body) {
  return () => roomTime(known(body), Date.now());
}

export function startClocks(body) {
  const now = serverClock(body);
  const tick = () => {
    for (const clock of document.querySelectorAll("time[data-ends]")) show(clock, now());
  };
  const both = () => { tick(); localTimes(); };
  both();
  setInterval(tick, 250);
  body.addEventListener("htmx:after:swap", both);
}
