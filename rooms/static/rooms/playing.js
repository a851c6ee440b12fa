// How a recorded session is played: which moment an instant belongs to, where the next marker is, how time runs on.
// Pure: instants are ms UTC, `times` the instants of the moments 1 to n in order, `marks` rows of [moment, kind, words].
export const SPEEDS = [1, 2, 5, 10, 30, 60];
export const LONGEST = 8000; // ms of watching that pass before a silence is jumped over
const CUT = 600000; // ms: a longer silence takes no more room than this on the strip

// The moment that an instant belongs to: the last one not after it; before all of them, the first.
export function momentAt(times, at) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}

// Playing from an instant for some ms of watching, at a speed: as recorded, but a silence that would be watched for
// longer than LONGEST ends there. `leaps` counts those.
export function played(times, from, watched, speed) {
  let at = from;
  let left = watched;
  let leaps = 0;
  for (let next = from < times[0] ? 0 : momentAt(times, from); next < times.length; next += 1) {
    const wait = (times[next] - at) / speed;
    const patience = Math.min(wait, LONGEST);
    if (left < patience) return { at: at + left * speed, leaps, over: false };
    left -= patience;
    if (wait > LONGEST) leaps += 1;
    at = times[next];
  }
  return { at, leaps, over: true };
}

// What is told at a moment: the last mark that is not after it.
export function toldAt(marks, moment) {
  const n = momentAt(marks.map(([cursor]) => cursor), moment);
  return marks.length && marks[n - 1][0] <= moment ? marks[n - 1] : null;
}

// The moment of the next mark (step 1) or the one before (step -1) among these kinds; 0 where there is none.
export function markBeside(marks, moment, step, kinds) {
  const wanted = marks.filter(([cursor, kind]) => kinds.has(kind) && (cursor - moment) * step > 0);
  return wanted.length ? wanted.at(step > 0 ? 0 : -1)[0] : 0;
}

// One speed more or less; the fastest and the slowest stay.
export function paced(speed, step) {
  const n = SPEEDS.findIndex((one) => one >= speed);
  return SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (n < 0 ? SPEEDS.length - 1 : n) + step))];
}

// The strip's axis: where an instant lies along it, from 0 to 1, and back. Long silences are cut short.
export function axisOf(times, since, until) {
  const known = [since, ...times.filter((at) => at > since && at < until), Math.max(since, until)];
  const along = [0];
  for (let n = 1; n < known.length; n += 1) along.push(along[n - 1] + Math.min(known[n] - known[n - 1], CUT));
  const whole = along.at(-1) || 1;
  return {
    place(at) {
      const n = momentAt(known, at) - 1;
      const end = along[n + 1] ?? along[n];
      return Math.min(along[n] + Math.max(0, at - known[n]), end) / whole;
    },
    instant(place) {
      const sought = Math.max(0, Math.min(1, place)) * whole;
      const n = momentAt(along, sought) - 1;
      const share = n + 1 < along.length ? (sought - along[n]) / (along[n + 1] - along[n] || 1) : 0;
      return Math.round(known[n] + share * ((known[n + 1] ?? known[n]) - known[n]));
    },
    cut: known.some((at, n) => n > 0 && at - known[n - 1] > CUT),
  };
}

// The instant that somebody shows, who set it at `since` by the server's clock; `now` is by the same clock.
export function shownInstant({ at, playing, speed, since }, now) {
  return playing ? at + Math.max(0, now - since) * speed : at;
}

// A length of time in words, to the second below a minute.
export function lasting(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
