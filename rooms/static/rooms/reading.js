// Which way of reading the text was chosen stays, also when the page is loaded anew.
const KEPT = "neacd-reading";
const MET = "data-met"; // a choice that was there before keeps itself: updates pass it by

function choose(value) {
  const choice = value && document.getElementById(`reading-${value}`);
  if (choice) choice.checked = true;
}

function meet() {
  const reading = document.querySelector(`#reading:not([${MET}])`);
  if (!reading) return;
  reading.setAttribute(MET, "");
  choose(sessionStorage.getItem(KEPT));
}

export function startReading(body) {
  meet();
  body.addEventListener("htmx:after:swap", meet);
  body.addEventListener("change", (event) => {
    if (event.target.name === "reading") sessionStorage.setItem(KEPT, event.target.value);
  });
}
