// The ids of requests, under which each is carried out once at most, however often it is sent.
const IN_TIME = 30000; // ms in which a request still means what was meant
const UNDECIDED = ["unavailable", "busy", "renewed"]; // answers for which no rule was asked: see rooms/undecided.py
const UNSURE = "We could not learn whether this was kept. Look at the room before you send it anew.";

// Plain http in a classroom is no secure context, so randomUUID may be missing; getRandomValues is not.
export function requestId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Which of the unanswered messages to send again: those that are still in time to mean what was meant.
export function worthRepeating(messages, now, within = IN_TIME) {
  return [...messages.values()].filter((message) => now - message.at < within);
}

// Under which id something is posted: the one of before, if the same was posted just now and nobody knows what became
// of that.
export function idFor(before, text, now) {
  const same = before?.text === text && now - before.at < IN_TIME;
  return same ? before : { id: requestId(), text, at: now };
}

// Whether an answer leaves open what became of a request: nobody knows, or it says nothing of the time before, when the
// same was sent and not answered (`again`).
export function leavesOpen(message, refused) {
  return refused?.code === "unsure" || (Boolean(message?.again) && UNDECIDED.includes(refused?.code));
}

// What is said of a refusal in the end: never that nothing was changed, where that is not known.
export function toSay(message, refused) {
  return leavesOpen(message, refused) && refused.code !== "unsure" ? { ...refused, message: UNSURE } : refused;
}
