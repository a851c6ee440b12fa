// One key for what is done most: a control with data-key is pressed by its key; "?" shows them all, as they are now.
import { labelOf, partOf, shown } from "./controls.js";

export function mayPress(event, field) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  return !field || !field.matches("input:not([type=button],[type=submit],[type=checkbox],[type=radio]),textarea,select");
}

function press(control) {
  if (control.matches("textarea,input,select")) control.focus();
  else control.click();
}

// Of several controls with one key only the first is pressed, and only that one is told of.
export function firstOfEach(controls) {
  const first = new Map();
  for (const control of controls) if (!first.has(control.dataset.key)) first.set(control.dataset.key, control);
  return first;
}

function keyed() {
  return firstOfEach([...document.querySelectorAll("[data-key]")].filter(shown));
}

function row(template, key, control) {
  const made = template.content.cloneNode(true);
  made.querySelector("kbd").textContent = key.length === 1 ? key.toUpperCase() : key;
  made.querySelector("dd > span").textContent = labelOf(control);
  made.querySelector("dd > .meta").textContent = partOf(control);
  return made;
}

// What the page offers now comes from the page; of what is told for other times, the keys that are not on it.
function list(dialog) {
  const now = keyed();
  const rows = [...now].map(([key, control]) => row(dialog.querySelector("template"), key, control));
  dialog.querySelector("[data-keys-now]").replaceChildren(...rows);
  for (const later of dialog.querySelectorAll("[data-keys-later] > [data-for]")) {
    later.hidden = now.has(later.dataset.for);
  }
  for (const part of dialog.querySelectorAll("[data-keys]")) {
    part.hidden = !part.querySelector("dl > div:not([hidden])");
  }
}

export function startKeys() {
  const dialog = document.getElementById("keys");
  const help = () => { list(dialog); dialog.showModal(); };
  document.querySelector('[data-opens="keys"]')?.addEventListener("click", help);
  document.addEventListener("keydown", (event) => {
    if (!mayPress(event, document.activeElement) || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?" && dialog) {
      event.preventDefault();
      help();
      return;
    }
    const wanted = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const control = keyed().get(wanted);
    if (!control) return;
    event.preventDefault();
    press(control);
  });
}
