// Every command by its name: "/" or Ctrl+K opens a list of what the page offers at this moment, typing narrows it,
// Enter presses it. There is no list of commands here; a button that stands on the page is in it, another is not.
import { carryOut, labelOf, placeOf, reachable } from "./controls.js";
import { mayPress } from "./keys.js";

const PRESSED = "form button:not([type=button]),button[popovertarget],button[data-opens=signals],button[data-opens=keys],a[href],[data-key]";

function read(dialog) {
  const all = [...document.querySelectorAll(PRESSED)].filter((one) => !dialog.contains(one) && !one.closest("dialog"));
  return all.filter((one) => !one.matches(".skip-link") && reachable(one)).map((control) => ({
    control,
    label: labelOf(control),
    place: placeOf(control),
    key: control.dataset.key || "",
  }));
}

// How well a command fits what was typed: 0 not at all; then by its place, within its name, at its beginning, by key.
export function fit({ label, place, key }, typed) {
  const sought = typed.toLowerCase();
  const name = label.toLowerCase();
  const words = sought.split(" ").filter(Boolean);
  if (!words.every((word) => `${name} ${place.toLowerCase()}`.includes(word))) return 0;
  if (key && key.toLowerCase() === sought) return 4;
  if (name.startsWith(sought)) return 3;
  return words.every((word) => name.includes(word)) ? 2 : 1;
}

// Those that fit, the best first; what has a key of its own is done most and stands before its equals.
export function matching(commands, typed) {
  const sought = typed.replace(/\s+/g, " ").trim();
  return commands
    .map((command) => [command, fit(command, sought)])
    .filter(([, how]) => how > 0)
    .sort(([a, howA], [b, howB]) => howB - howA || Boolean(b.key) - Boolean(a.key))
    .map(([command]) => command);
}

// One further, round the corner at both ends.
export function further(at, by, many) {
  return many ? (at + by + many) % many : -1;
}

class Palette {
  constructor(dialog) {
    this.dialog = dialog;
    this.field = dialog.querySelector("input");
    this.list = dialog.querySelector("[role=listbox]");
    this.template = dialog.querySelector("template");
    this.found = [];
    this.at = -1;
  }

  open() {
    document.body.dispatchEvent(new Event("neacd:all")); // what it brings is listed once it is there
    this.field.value = "";
    this.commands = read(this.dialog);
    this.dialog.showModal();
    this.field.focus();
    this.narrow();
  }

  // The room goes on while the list is open; whoever has chosen something keeps it, if it is still there.
  refresh() {
    if (!this.dialog.open) return;
    const chosen = this.found[this.at];
    this.commands = read(this.dialog);
    this.narrow();
    const again = chosen ? this.found.findIndex((one) => one.label === chosen.label && one.place === chosen.place) : -1;
    if (again >= 0) this.choose(again);
  }

  narrow() {
    this.found = matching(this.commands, this.field.value);
    this.list.replaceChildren(...this.found.map((command, n) => this.row(command, n)));
    this.dialog.querySelector("[data-none]").hidden = this.found.length > 0;
    const many = this.dialog.querySelector("[data-many]");
    many.textContent = `${this.found.length} ${this.found.length === 1 ? many.dataset.one : many.dataset.more}`;
    this.field.setAttribute("aria-expanded", String(this.found.length > 0));
    this.choose(this.found.length ? 0 : -1);
  }

  row({ label, place, key }, n) {
    const row = this.template.content.cloneNode(true).firstElementChild;
    row.id = `command-${n}`;
    row.dataset.n = n;
    row.querySelector("b").textContent = label;
    row.querySelector(".meta").textContent = place;
    row.querySelector("kbd").textContent = key.length === 1 ? key.toUpperCase() : key;
    row.querySelector("kbd").hidden = !key;
    return row;
  }

  choose(n) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = n;
    const row = this.list.children[n];
    if (!row) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", row.id);
  }

  press(n) {
    const command = this.found[n];
    if (!command) return;
    this.dialog.close();
    carryOut(command.control);
  }

  typed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose(further(this.at, step, this.found.length));
    else if (event.key === "Enter" && !event.isComposing) this.press(this.at);
    else return;
    event.preventDefault();
  }
}

function asksForIt(event) {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) return true;
  return event.key === "/" && mayPress(event, document.activeElement);
}

export function startPalette(body) {
  const dialog = document.getElementById("commands");
  if (!dialog) return;
  const palette = new Palette(dialog);
  document.querySelector('[data-opens="commands"]')?.addEventListener("click", () => palette.open());
  document.addEventListener("keydown", (event) => {
    if (!asksForIt(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    palette.open();
  });
  palette.field.addEventListener("input", () => palette.narrow());
  palette.field.addEventListener("keydown", (event) => palette.typed(event));
  palette.list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) palette.press(Number(row.dataset.n));
  });
  body.addEventListener("htmx:after:swap", () => palette.refresh());
}
