// The parts of Private: our delegation, caucuses, the chair. One of them is in front, so that each has the whole place;
// without script they stand one below the other, and the links lead to them. Of several caucuses one is unfolded.
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

// What is new stands at the top; on a phone the window scrolls, on a laptop the part.
function upAgain(hash) {
  document.querySelector(hash).scrollTop = 0;
  window.scrollTo(0, 0);
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

// What somebody has begun to write stays in sight.
function foldOthers(opened) {
  for (const other of document.querySelectorAll(".caucus.is-sitting[open]")) {
    const draft = [...other.querySelectorAll("textarea")].some((field) => field.value);
    if (other !== opened && !draft && !other.contains(document.activeElement)) other.open = false;
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
  body.addEventListener("toggle", ({ target }) => {
    if (target.matches(".caucus.is-sitting[open]")) foldOthers(target);
  }, true);
  bar.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    if (body.dataset.aside === nameOf(link)) upAgain(link.hash);
    open(body, links, nameOf(link));
    remember(key, nameOf(link));
  });
}
