// When things will be, seen from now. The server gives what is still to be done before them; this adds the time of day.
import { hour, serverClock } from "./clock.js";

const MINUTE = 60000;

// Of the running item what is left of its time: nothing once it is up, and in a pause what was left when its clock
// was stopped. Then the rest.
export function doneAt({ rest, runningEnds, standsAt }, now) {
  const running = runningEnds ? Math.max(0, Number(runningEnds) - Number(standsAt || now)) : 0;
  return now + running + Number(rest);
}

// Within a minute of the plan is on time.
export function minutesLate(ms) {
  return Math.abs(ms) < MINUTE ? 0 : Math.round(ms / MINUTE);
}

function lateness(minutes) {
  return minutes ? `${Math.abs(minutes)} min ${minutes > 0 ? "late" : "early"}` : "on time";
}

// `hour` makes hours and minutes of an instant.
export function inWords(what, now, hour) {
  const at = doneAt(what, now);
  const late = what.plan ? minutesLate(at - Number(what.plan)) : null;
  if (what.ahead === "left") return `about ${Math.ceil((at - now) / MINUTE)} min to come`;
  if (what.ahead === "ends") return `ends about ${hour(at)}${late === null ? "" : `, ${lateness(late)}`}`;
  if (late === 0) return "";
  return `${late === null ? "about" : "now"} ${hour(at)}`;
}

export function startAhead(body) {
  const now = serverClock(body);
  const show = () => {
    for (const place of document.querySelectorAll("[data-ahead]")) {
      const text = inWords(place.dataset, now(), hour);
      if (place.textContent !== text) place.textContent = text;
    }
  };
  show();
  setInterval(show, 1000);
  body.addEventListener("htmx:after:swap", show);
}
