// The joining page, helped along: one's name from the last time, a seat as soon as a delegation is chosen. Without
// script the same form works, with two touches more.
const KEY = "neacd-name";

function remembered() {
  try {
    return localStorage.getItem(KEY) || "";
  } catch {
    return ""; // storage may be forbidden; the name is then typed
  }
}

function remember(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // it is then typed again
  }
}

// Of a delegation's seats the first that nobody has; if there is none, the first that can be shared.
export function seatToOffer(seats) {
  const free = seats.filter((seat) => !seat.disabled);
  return free.find((seat) => !("shared" in seat.dataset)) || free[0];
}

function offerSeat(delegation) {
  const seats = [...delegation.querySelectorAll("input[name=seat]")];
  if (!delegation.open || seats.some((seat) => seat.checked)) return;
  const seat = seatToOffer(seats);
  if (seat) seat.checked = true;
}

// Enter after the name goes on to the seats: sending the form without one would only be refused.
function goOn(event, form) {
  if (event.key !== "Enter" || event.isComposing || form.elements.seat.value) return;
  event.preventDefault();
  form.querySelector(".seat-choice > summary").focus();
}

function startDoor(form) {
  const { name } = form.elements;
  if (!name.value && remembered()) {
    name.value = remembered();
    name.blur(); // it need not be typed: no keyboard over the seats
  }
  name.addEventListener("keydown", (event) => goOn(event, form));
  form.addEventListener("toggle", (event) => offerSeat(event.target), true);
  form.addEventListener("submit", () => remember(name.value.trim()));
}

const form = globalThis.document?.getElementById("join");
if (form) startDoor(form);
