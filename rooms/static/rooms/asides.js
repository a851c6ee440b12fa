// The parts of Private: our delegation, caucuses, the chair. One of them is in front, so that each has the whole place;
// without script they stand one below the other, and the links lead to them.
const FIRST = ".caucus:is(.is-new,.is-sitting)"; // who has been asked aside, or is aside, wants to be there

// Which part comes first: the one that was in front, else the one where something happens.
export function first(names, { before, happens }) {
  if (names.includes(before)) return before;
  return names.find((name) => happens(name)) || names[0];
}

function open(body, links, name) {
  body.dataset.aside = name;
  for (const link of links) {
    if (link.hash === `#panel-${name}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden
  }
}

function remember(key, name) {
  try {
    sessionStorage.setItem(key, name);
  } catch {
    // the next page then chooses anew
  }
}

export function startAsides(body) {
  const bar = document.querySelector(".asides");
  if (!bar) return;
  const links = [...bar.querySelectorAll("a")];
  const nameOf = (link) => link.hash.slice("#panel-".length);
  const key = `neacd-aside ${location.pathname}`;
  const happens = (name) => Boolean(document.querySelector(`#panel-${name} ${FIRST}`));
  open(body, links, first(links.map(nameOf), { before: remembered(key), happens }));
  bar.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    open(body, links, nameOf(link));
    remember(key, nameOf(link));
  });
}
