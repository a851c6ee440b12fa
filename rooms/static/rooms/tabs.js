// The phone's five tabs: which section of the room is in front. On a wide screen all stand side by side.
// Which comes first the page says (and first_paint.js shows it at once): before the session begins, the pack is what
// there is to read.
function open(body, name) {
  body.dataset.tab = name;
  for (const link of document.querySelectorAll(".tabbar a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

export function startTabs(body) {
  const bar = document.querySelector(".tabbar");
  if (!bar) return;
  const names = [...bar.querySelectorAll("a")].map((link) => link.hash.slice(1));
  const start = location.hash.slice(1);
  const around = start && document.getElementById(start)?.closest(".tab-panel")?.id; // the address may name a part of a tab
  open(body, [start, around, body.dataset.firstTab].find((name) => names.includes(name)) || names[0]);
  bar.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    open(body, link.hash.slice(1));
    window.scrollTo(0, 0);
  });
}
