// What a page offers to be pressed, read from the page itself: what a control is called, where it stands, whether it
// can be reached. The keys and the list of commands live on it, so neither can tell of something that is not there.
const APART = "form,button,a,kbd,time,select,textarea,.badge,.sr-only,[hidden]";
const FIELD = "input:not([type=hidden],[type=submit],[type=button]),select,textarea";
const LONGEST = 60; // characters of a row's words beside a command: enough to tell it from its neighbours

function tidy(text) {
  return text.replace(/\s+/g, " ").trim();
}

// The words within, without those of parts that say something else; what stands side by side stays apart.
function wordsOf(element, apart) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words = [];
  while (texts.nextNode()) {
    const within = texts.currentNode.parentElement.closest(apart);
    if (!within || within === element || !element.contains(within)) words.push(texts.currentNode.data);
  }
  return tidy(words.join(" ")).replace(/ (?=[,.;:])/g, "");
}

// What it is called: for a field its label, for a button its words without the key that stands on it.
export function labelOf(control) {
  const named = control.getAttribute("aria-label") || (control.labels?.length && wordsOf(control.labels[0], FIELD));
  return named || wordsOf(control, "kbd") || control.getAttribute("placeholder") || control.title;
}

function headingOf(part) {
  const named = document.getElementById(part?.getAttribute("aria-labelledby"));
  const heading = named || part?.querySelector("h1,h2");
  return part?.getAttribute("aria-label") || (heading ? wordsOf(heading, ".badge,.meta") : "");
}

// Parts of a place, from the large to the small, none of them said twice nor at length.
export function place(parts) {
  const known = parts.filter(Boolean);
  const told = known.filter((part, n) => !known.some((other, m) => m < n && other.includes(part)));
  return told.map((part) => (part.length > LONGEST ? `${part.slice(0, LONGEST).trimEnd()}…` : part)).join(", ");
}

// Its part of the screen, by that part's heading.
export function partOf(control) {
  return headingOf(control.closest("section,aside,[role=region],header"));
}

// Where it stands: its part of the screen, its sheet, its row, what it is folded into, and what it is filled in with.
export function placeOf(control) {
  const row = control.closest("li");
  const fold = control.closest("details")?.querySelector("summary");
  const [field] = fieldsOf(control);
  return place([
    partOf(control),
    control.closest("[popover]")?.getAttribute("aria-label"),
    row ? wordsOf(row, APART) : "",
    fold && !fold.contains(control) ? wordsOf(fold, "kbd,.sr-only") : "",
    field && field !== control ? labelOf(field) : "",
  ]);
}

// What has to be opened before it can be seen, from the inside out.
export function foldsOf(control) {
  const folds = [];
  for (let one = control.parentElement; one; one = one.parentElement) {
    const shut = one.matches("details:not([open])") && !one.querySelector(":scope > summary")?.contains(control);
    if (shut || one.matches("[popover]:not(:popover-open)") || liesBehind(one)) folds.push(one);
  }
  return folds;
}

// One of several parts of the screen, of which another is in front; see parts.js.
function liesBehind(part) {
  return part.matches(".side-part") && Boolean(tabOf(part)) && !drawn(part);
}

function tabOf(part) {
  return document.querySelector(`.part-tabs a[href="#${part.id}"]`);
}

function unfold(control) {
  for (const fold of foldsOf(control).reverse()) {
    if (fold.matches("details")) fold.open = true;
    else if (fold.matches(".side-part")) tabOf(fold).click();
    else fold.showPopover();
  }
}

function drawn(element) {
  return element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : element.getClientRects().length > 0;
}

export function shown(control) {
  return !control.matches(":disabled") && foldsOf(control).length === 0 && drawn(control);
}

// Shown, or it would be once what it is folded into is opened.
export function reachable(control) {
  if (control.matches(":disabled") || control.closest("[hidden]")) return false;
  const outermost = foldsOf(control).pop();
  if (!outermost) return drawn(control);
  return drawn(outermost.matches("details") ? outermost : outermost.parentElement);
}

function fieldsOf(control) {
  return [...(control.form?.querySelectorAll(FIELD) || [])];
}

// The field to fill in before its command means anything: an empty one that is asked for, or, where the form was
// folded away, its first.
function fieldFirst(control, folded) {
  if (control.matches(FIELD)) return control;
  return fieldsOf(control).find((field) => folded || (field.required && !field.value)) || null;
}

// As a person would: fill in first what has to be, else press; what lies folded away is opened for that.
export function carryOut(control) {
  const folded = foldsOf(control).length > 0;
  const field = fieldFirst(control, folded);
  if (folded && (field || control.matches("a"))) unfold(control);
  if (!field) control.click();
  field?.focus();
  if (field?.type === "number") field.select(); // its value is there to be replaced; words are not
}
