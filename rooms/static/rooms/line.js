// The line to the server: says where we were, sends again what was not answered, and tells when the line is down.
// htmx's WebSocket extension owns the socket, the forms and the swaps; this only watches its events.
import { notBefore } from "./clock.js";
import { draftRefused, draftSent } from "./drafts.js";
import { showNotice } from "./notice.js";
import { anew, refresh } from "./refresh.js";
import { idFor, leavesOpen, requestId, toSay, worthRepeating } from "./requests.js";

const GRACE = 1500; // ms a line may be away before we say so: a phone that changes cells is back by then
const ASK_AGAIN = 5000; // ms between two looks at the page while the line is down
const TWICE = 2000; // ms in which a second press of the same button is a slip of the finger, not a second wish
const AGAIN = 3000; // ms until a request is sent again of which nobody could learn whether it was carried out
const unanswered = new Map(); // request id -> the message as it was sent
const sent = new WeakMap(); // form -> when its last command went out, until it is answered
const posted = new WeakMap(); // form -> what it last posted, with its request id, until that is answered
let connection; // the line as it is now

function sayHello(body) {
  const hello = { cursor: Number(body.dataset.cursor || 0), view: body.dataset.view || "" };
  connection.socket.send(JSON.stringify({ hello }));
  for (const message of worthRepeating(unanswered, Date.now())) sendAgain(message);
}

function sendAgain(message) {
  message.again = true;
  connection.socket?.send(message.text);
}

// Whether nobody knows what became of a request: then it is sent again under its own id, and carried out once at most.
function asksAgain({ request_id: id, refused }) {
  const message = unanswered.get(id);
  const open = leavesOpen(message, refused) && worthRepeating(unanswered, Date.now()).includes(message);
  if (open) setTimeout(() => unanswered.has(id) && sendAgain(message), AGAIN);
  return open;
}

// Pressing twice must not say it twice.
export function isSlip(lastSent, now) {
  return lastSent !== undefined && now - lastSent < TWICE;
}

// What was unfolded for one deed is folded again when the deed is done; its outcome stands outside.
function fold(form) {
  const sheet = form.closest("[popover]:popover-open");
  if (sheet) {
    sheet.hidePopover();
    return;
  }
  const details = form.closest("details");
  if (!details) return; // it went with the deed: what it stood in is not there any more
  const within = details.contains(document.activeElement);
  details.open = false;
  if (within) details.querySelector("summary").focus();
}

function carriedOut(form) {
  if (form instanceof HTMLFormElement && form.hasAttribute("data-reset")) form.reset();
  if (form instanceof HTMLFormElement && form.hasAttribute("data-draft")) draftSent(form);
  if (form instanceof HTMLFormElement && form.hasAttribute("data-fold")) fold(form);
  showNotice(form instanceof HTMLFormElement ? (form.dataset.thanks ?? "") : ""); // what the page itself will not show
}

function turnedDown(form, refused) {
  if (form instanceof HTMLFormElement && form.hasAttribute("data-draft")) draftRefused(form, refused);
  showNotice(refused.message, true);
}

function heard(event, body) {
  const message = event.detail.message.json;
  if (!message) return;
  lineIsUp(body);
  if (message.reload) anew();
  if (!message.request_id) {
    // Only a frame says what we have been shown; an answer's cursor may be ahead of it.
    if (message.cursor !== undefined) body.dataset.cursor = message.cursor;
    if (message.at) notBefore(body, message.at);
    return;
  }
  if (asksAgain(message)) return;
  const refused = toSay(unanswered.get(message.request_id), message.refused);
  unanswered.delete(message.request_id);
  sent.delete(event.target);
  if (message.done) carriedOut(event.target);
  if (refused) turnedDown(event.target, refused);
}

// The line is down: the same form, by plain POST. What was typed stays until it was carried out.
async function post(form, body) {
  if (isSlip(sent.get(form), Date.now())) return;
  sent.set(form, Date.now());
  const fields = new URLSearchParams(new FormData(form, form.pressed));
  const request = idFor(posted.get(form), String(fields), Date.now());
  posted.set(form, request);
  fields.set("request_id", request.id);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: fields,
      headers: { Accept: "application/json" },
    });
    const { refused } = await answer.json();
    const said = toSay(request, refused);
    request.again = leavesOpen(request, refused);
    if (!request.again) posted.delete(form);
    if (said) turnedDown(form, said);
    else carriedOut(form);
    await refresh(body);
  } catch {
    request.again = true;
    showNotice("The line is down. What you wrote is kept here; press again when the room is back.", true);
  } finally {
    sent.delete(form);
  }
}

let away;
let asking;

// It is up when the server has said something: a proxy may open a socket and let nothing through.
function lineIsUp(body) {
  clearTimeout(away);
  clearInterval(asking);
  away = asking = undefined;
  body.classList.remove("is-offline");
}

function lineIsDown(body) {
  body.classList.add("is-offline");
  asking ??= setInterval(() => refresh(body).catch(() => {}), ASK_AGAIN); // no answer: the banner stands
}

export function startLine(body) {
  crypto.randomUUID ||= requestId;
  body.addEventListener("htmx:after:ws:connection", (event) => {
    connection = event.detail.connection;
    sayHello(body);
  });
  body.addEventListener("htmx:ws:close", () => { away ??= setTimeout(lineIsDown, GRACE, body); });
  body.addEventListener("htmx:after:ws:message", (event) => heard(event, body));
  body.addEventListener("htmx:before:ws:request", (event) => {
    if (isSlip(sent.get(event.target), Date.now())) event.preventDefault();
  });
  body.addEventListener("htmx:after:ws:request", (event) => {
    const { headers, body: fields } = event.detail;
    const text = JSON.stringify({ headers: { "HX-Request-ID": headers["HX-Request-ID"] }, body: fields });
    unanswered.set(headers["HX-Request-ID"], { at: Date.now(), text });
    sent.set(event.target, Date.now());
  });
  body.addEventListener("submit", (event) => { event.target.pressed = event.submitter; }, true);
  body.addEventListener("htmx:ws:error", (event) => {
    if (event.target instanceof HTMLFormElement) post(event.target, body);
  });
}
