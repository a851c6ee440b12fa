// Where no socket gets through, the page is asked for instead: its panels are put in place as a frame would be.

// Whether a page that was asked for is worth showing: it came, and nothing newer is on the screen by now.
export function isNewer(fresh, shown) {
  return Number(fresh.cursor || 0) >= Number(shown.cursor || 0);
}

export function put(panels) {
  for (const panel of panels) {
    const target = `#${panel.id}`;
    htmx.swap({ sourceElement: document.body, target, swap: "outerMorph", text: panel.outerHTML, transition: false });
  }
}

// A page of another view cannot be brought up to date. It begins at its top, wherever one was on the old one.
export function anew() {
  history.scrollRestoration = "manual";
  location.reload();
}

export async function refresh(body) {
  // Whole: what was opened since must not give way to the place that was left for it (see later.js).
  const answer = await fetch(`${location.pathname}?whole`, { headers: { Accept: "text/html" } });
  if (answer.status === 403) anew(); // the seat is gone: the page says so itself
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  if (fresh.dataset.view !== body.dataset.view) {
    anew();
    return;
  }
  if (!isNewer(fresh.dataset, body.dataset)) return;
  put(fresh.querySelectorAll('[id^="panel-"]'));
  body.dataset.cursor = fresh.dataset.cursor;
}
