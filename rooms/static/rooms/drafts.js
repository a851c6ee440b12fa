// A wording somebody has begun to change is theirs: while they type, updates pass its form by. When the server says
// that the paragraph was reworded meanwhile, the form learns the new version and the second press is meant; and what
// changed since is unfolded beside it, the versions that are news marked, until the wording is sent.
const UNTOUCHED = "hx-morph-skip";

export function keepDrafts(body) {
  body.addEventListener("input", (event) => {
    event.target.closest("form[data-draft]")?.setAttribute(UNTOUCHED, "");
  });
  body.addEventListener("htmx:after:swap", () => {
    for (const form of body.querySelectorAll("form[data-since]")) mark(form);
  });
}

export function draftSent(form) {
  form.removeAttribute(UNTOUCHED);
  delete form.dataset.since;
}

export function draftRefused(form, refused) {
  const seen = form.elements.namedItem("seen");
  if (refused.code !== "changed_meanwhile" || !seen || !refused.data.version) return;
  form.setAttribute(UNTOUCHED, "");
  form.dataset.since ||= seen.value;
  seen.value = refused.data.version;
  mark(form)?.scrollIntoView({ block: "nearest" });
}

// The versions that came after the one somebody had before them.
export function newsSince(versions, seen) {
  return versions.filter((version) => Number(version.dataset.version) > seen);
}

function mark(form) {
  const versions = form.closest(".para")?.querySelector(".versions");
  if (!versions) return null;
  versions.open = true;
  const news = newsSince([...versions.querySelectorAll("[data-version]")], Number(form.dataset.since));
  for (const version of news) version.classList.add("is-news");
  return versions;
}
