// Words are chosen in the text itself: with the mouse, with a finger, or with the arrow keys. What is chosen goes into
// the form that puts brackets, as a quote and which of its occurrences is meant. Without script one writes the quote.
import { quoteOf, startMarks, textOf } from "./marks.js";

function unfold(element) {
  for (let details = element.closest("details"); details; details = details.parentElement.closest("details")) {
    details.open = true;
  }
}

function fill(form, { quote, occurrence }) {
  const field = form.elements.namedItem("words");
  field.value = quote;
  form.elements.namedItem("occurrence").value = Math.max(1, occurrence);
  field.dispatchEvent(new Event("input", { bubbles: true })); // a draft from now on: updates pass the form by
  unfold(form);
  (form.elements.namedItem("alternative") || form.elements.namedItem("reason")).focus();
}

// What is selected now, if all of it lies within the words of one paragraph.
function chosenIn(selection) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const place = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-words]");
  const words = place(range.startContainer);
  if (!words || words !== place(range.endContainer)) return null;
  const { text, start, end } = textOf(words, range);
  const chosen = quoteOf(text, start, end);
  return chosen.quote ? { ...chosen, form: document.getElementById(`put-brackets-${words.dataset.words}`) } : null;
}

// The button under the text says which words; a press on it takes them along before the selection is gone.
function offer(chosen) {
  const place = document.getElementById("chosen");
  if (!place) return;
  place.hidden = !chosen?.form;
  if (chosen) place.querySelector(".chosen-words").textContent = chosen.quote;
}

export function startBrackets(body) {
  if (!document.getElementById("panel-text")) return;
  let chosen = null;
  const look = () => {
    const now = chosenIn(document.getSelection());
    const changed = now?.quote !== chosen?.quote || now?.form !== chosen?.form;
    chosen = now;
    if (changed) offer(chosen);
  };
  const take = () => {
    if (!chosen?.form) return;
    fill(chosen.form, chosen);
    document.getSelection().removeAllRanges();
  };
  document.addEventListener("selectionchange", look);
  body.addEventListener("htmx:after:swap", () => offer(chosen));
  body.addEventListener("pointerdown", (event) => {
    if (event.target.closest("#chosen")) event.preventDefault(); // a finger on the button would take the selection away
  });
  body.addEventListener("click", (event) => {
    if (event.target.closest("#chosen")) take();
  });
  startMarks(body, () => {
    look(); // who types fast is ahead of what the browser tells of the selection
    take();
  });
}
