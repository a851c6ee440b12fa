// Clocks count here from instants that the server gave; it never sends ticks. Local times replace UTC ones.
const WARM = 30000; // ms left when a clock begins to ask for attention

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

function localTimes() {
  for (const time of document.querySelectorAll("time[data-at]")) {
    const text = new Date(time.dateTime).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    if (time.textContent !== text) time.textContent = text;
  }
}

// How far the server's clock is ahead of ours: it told its time as the page began to arrive, not when it was drawn.
function aheadOf(serverNow) {
  const [page] = performance.getEntriesByType("navigation");
  return Number(serverNow) - (performance.timeOrigin + (page?.responseStart || performance.now()));
}

// No clock stands before what has happened: a room that is rehearsed fast runs ahead of the clock on the wall.
export function notBefore(body, at, now = Date.now()) {
  const { clockLead } = body.dataset;
  if (clockLead === undefined || at - now > Number(clockLead)) body.dataset.clockLead = at - now;
}

// The server's time of day, as this page knows it.
export function serverClock(body) {
  const ahead = body.dataset.serverNow ? aheadOf(body.dataset.serverNow) : 0;
  return () => Date.now() + Math.max(ahead, Number(body.dataset.clockLead ?? ahead));
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
