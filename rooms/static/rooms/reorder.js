// The order of what is planned, by hand: an item is dragged by its handle, or moved with the arrows while the handle
// has the focus. Either way one form is filled in and sent; what the list then looks like, the server says.
const GIVEN_UP = 5000; // ms after which a move of which nothing was heard no longer stands in the way of the next

// Whom an item would stand before if it moved by one place; "" is the end, null that it cannot.
export function beforeWhom(ids, id, by) {
  const place = ids.indexOf(id);
  const to = place + by;
  if (place < 0 || to < 0 || to >= ids.length) return null;
  return by < 0 ? ids[to] : (ids[to + 1] ?? "");
}

// Whom an item is dropped before at a height, given the middle of each row; null if it stays where it is.
export function dropBefore(ids, middles, id, height) {
  const target = ids.find((one, n) => one !== id && height < middles[n]) ?? "";
  const stays = ids[ids.indexOf(id) + 1] ?? "";
  return target === stays ? null : target;
}

export function whereNow(titles, place) {
  const next = titles[place + 1];
  const where = next === undefined ? "last" : `before ${next}`;
  return `${titles[place]} is now ${place + 1} of ${titles.length} to come, ${where}.`;
}

// The move that was sent: whose, the order before it, steps to go after it, since when; whether the server has answered
// and whether the new list has come, which it may in either order.
let moving = null;
let dragged = null; // the item under the finger
let target = null; // whom it would be dropped before

const rows = () => [...document.querySelectorAll("[data-movable]")];
const idOf = (row) => row.dataset.movable;

function tell(sentence) {
  const voice = document.getElementById("voice");
  if (voice) voice.textContent = sentence;
}

function send(id, before) {
  const form = document.getElementById("move-item");
  if (!form) return;
  moving = { id, was: rows().map(idOf).join(), steps: 0, since: Date.now(), answered: false, shown: false };
  form.elements.namedItem("item").value = id; // not `.item`, which is a method
  form.elements.namedItem("before").value = before;
  form.requestSubmit();
}

function step(id, by) {
  if (moving && Date.now() - moving.since < GIVEN_UP) {
    if (moving.id === id) moving.steps += by; // the arrow is quicker than the line
    return;
  }
  const before = beforeWhom(rows().map(idOf), id, by);
  if (before === null) tell(by < 0 ? "It is already the first to come." : "It is already the last.");
  else send(id, before);
}

function goOn() {
  if (!moving.answered || !moving.shown) return;
  const { id, steps } = moving;
  moving = null;
  if (!steps) return;
  step(id, Math.sign(steps));
  if (moving) moving.steps = steps - Math.sign(steps);
}

// The list came: if the move is in it, the focus stays with the item, and its new place is said.
function arrived() {
  const now = rows();
  if (!moving || moving.shown || now.map(idOf).join() === moving.was) return;
  moving.shown = true;
  const place = now.findIndex((row) => idOf(row) === moving.id);
  document.getElementById(`move-${moving.id}`)?.focus();
  if (place >= 0) tell(whereNow(now.map((row) => row.dataset.title), place));
  goOn();
}

function answered(event) {
  const answer = event.detail.message.json;
  if (!moving || event.target.id !== "move-item" || !answer?.request_id) return;
  moving.answered = true;
  if (answer.refused) moving = null; // the notice says why
  else goOn();
}

function mark() {
  const all = rows();
  for (const row of all) {
    row.classList.toggle("is-dragged", idOf(row) === dragged);
    row.classList.toggle("is-drop-before", target !== null && idOf(row) === target);
    row.classList.toggle("is-drop-after", target === "" && row === all.at(-1));
  }
  document.body.classList.toggle("is-dragging", dragged !== null);
}

function grasp(event) {
  const handle = event.target.closest?.(".move-handle");
  if (!handle || event.button) return;
  handle.setPointerCapture(event.pointerId);
  dragged = idOf(handle.closest("[data-movable]"));
  target = null;
  mark();
}

function drag(event) {
  if (dragged === null) return;
  const all = rows();
  const middles = all.map((row) => row.getBoundingClientRect()).map((box) => box.top + box.height / 2);
  target = dropBefore(all.map(idOf), middles, dragged, event.clientY);
  mark();
  const near = all.find((row) => idOf(row) === target) || all.at(-1);
  if (target !== null) near?.scrollIntoView({ block: "nearest" });
}

function letGo(dropped) {
  const [id, before] = [dragged, target];
  dragged = target = null;
  mark();
  if (dropped && id !== null && before !== null) send(id, before);
}

export function startReordering(body) {
  if (!document.getElementById("panel-agenda")) return;
  body.classList.add("can-drag");
  body.addEventListener("pointerdown", grasp);
  body.addEventListener("pointermove", drag);
  body.addEventListener("pointerup", () => letGo(true));
  body.addEventListener("pointercancel", () => letGo(false));
  body.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dragged !== null) letGo(false);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.target.matches?.(".move-handle")) return;
    event.preventDefault();
    step(idOf(event.target.closest("[data-movable]")), by);
  });
  body.addEventListener("htmx:after:swap", arrived);
  body.addEventListener("htmx:after:ws:message", answered);
}
