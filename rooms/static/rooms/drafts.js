// A wording somebody has begun to change is theirs: while they type, updates pass its form by. When the server says
// that the paragraph was reworded meanwhile, the form learns the new version and the second press is meant.
const UNTOUCHED = "hx-morph-skip";

export function keepDrafts(body) {
  body.addEventListener("input", (event) => {
    event.target.closest("form[data-draft]")?.setAttribute(UNTOUCHED, "");
  });
}

export function draftSent(form) {
  form.removeAttribute(UNTOUCHED);
}

export function draftRefused(form, refused) {
  const seen = form.elements.namedItem("seen");
  if (refused.code === "changed_meanwhile" && seen && refused.data.version) seen.value = refused.data.version;
}
