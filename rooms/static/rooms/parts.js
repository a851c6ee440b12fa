// The right of the chair's console: caucuses, the text with its decision, positions, the road map. One of them is in
// front. A drafting or a decision, or an open call, brings the text there, its end the caucuses; between two such moments
// the chair chooses, by a press or a key. Without script all stand one below the other, and the links lead to them.
const WRITTEN = ["drafting", "decision"]; // the kinds of item in which a text is before the table

// The part that what happens calls for.
export function calledFor({ kind, callIsOpen }) {
  return callIsOpen || WRITTEN.includes(kind) ? "text" : "caucuses";
}

function happens() {
  return {
    kind: document.querySelector("[data-item-kind]")?.dataset.itemKind,
    callIsOpen: document.querySelector(".decision.is-open") !== null,
  };
}

function open(body, links, name) {
  body.dataset.part = name;
  for (const link of links) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// Nobody who writes there has the part taken away; it follows once they are done.
function writesIn(part) {
  const field = document.activeElement;
  return Boolean(field?.matches("textarea,input,select") && part?.contains(field));
}

export function startParts(body) {
  const bar = document.querySelector(".part-tabs");
  if (!bar) return;
  const links = [...bar.querySelectorAll("a")];
  let called = calledFor(happens());
  open(body, links, called);
  bar.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    open(body, links, link.hash.slice(1));
  });
  body.addEventListener("htmx:after:swap", () => {
    const now = calledFor(happens());
    if (now === called || writesIn(document.getElementById(body.dataset.part))) return;
    called = now;
    open(body, links, called);
  });
}
