// A page that looks back: the player, the strip beneath, the panels above, the keys. Without it the page turns by links.
import { startClocks } from "./clock.js";
import { Film } from "./film.js";
import { startFollowing } from "./follow.js";
import { mayPress } from "./keys.js";
import { Player } from "./player.js";
import { markBeside, momentAt, paced } from "./playing.js";
import { Scenes } from "./scenes.js";
import { startTabs } from "./tabs.js";
import { localTimes, point, setClocks, settle, tell } from "./telling.js";

const section = document.getElementById("film");
const { body } = document;
const SETTLED = 250; // ms without a change after which what names the moment elsewhere follows

function $(selector) {
  return section.querySelector(selector);
}

function startKeys(player, film) {
  const keys = {
    ArrowLeft: (event) => (event.shiftKey ? mark(player, film, -1) : player.step(-1)),
    ArrowRight: (event) => (event.shiftKey ? mark(player, film, 1) : player.step(1)),
    Home: () => player.goTo(1),
    End: () => player.goTo(player.last),
    " ": () => player.toggle(),
    "+": () => player.pace(paced(player.speed, 1)),
    "=": () => player.pace(paced(player.speed, 1)),
    "-": () => player.pace(paced(player.speed, -1)),
    "−": () => player.pace(paced(player.speed, -1)),
    "?": () => document.getElementById("keys").showModal(),
  };
  const free = (field, key) => mayPress({}, field) || (field.id === "scrub" && key in keys);
  document.addEventListener("keydown", (event) => {
    const field = document.activeElement;
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] || document.querySelector("dialog[open]")) return;
    if (!free(field, event.key) || (event.key === " " && field.matches("button,a,summary,input[type=checkbox]"))) return;
    event.preventDefault();
    keys[event.key](event);
  });
  $("[data-opens=keys]").addEventListener("click", keys["?"]);
}

function mark(player, film, step) {
  const to = markBeside(film.tape.marks, player.moment, step, film.marked);
  if (to) player.goTo(to);
  else document.querySelector("[data-spoken]").textContent = step > 0 ? "No marker follows." : "No marker comes before.";
}

function start(tape) {
  const known = { ...tape, steps: tape.steps?.length ? tape.steps : tape.times.map((_, n) => n + 1) };
  let settling;
  let follow = { changed() {} };
  const scenes = new Scenes(document.querySelector(".past-room"), section.dataset.panels, known.times.length, (what) => {
    section.classList.toggle("is-late", what === "late");
    if (what !== "shown") return;
    setClocks(player.at);
    localTimes();
  });
  const seen = (moment) => {
    const step = known.steps[momentAt(known.steps, moment) - 1];
    return step <= moment ? step : moment;
  };
  const player = new Player(known, Number(section.dataset.cursor), (what) => {
    tell(film.show(player), player);
    setClocks(player.at);
    point(player);
    scenes.show(seen(player.moment), film.dragging || what === "ran" || what === "followed");
    follow.changed(what);
    clearTimeout(settling);
    if (what !== "ran") settling = setTimeout(settle, SETTLED, player);
  });
  const film = new Film(section, known, {
    seek: (at) => player.seek(at),
    goTo: (moment) => player.goTo(moment),
    dropped: () => player.told("moved"),
  });
  section.addEventListener("click", (event) => {
    const link = event.target.closest("[data-way],[data-to]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { way, to } = link.dataset;
    if (to) player.goTo(Number(to));
    else ({ first: () => player.goTo(1), back: () => player.step(-1), next: () => player.step(1), last: () => player.goTo(player.last) })[way]();
  });
  for (const button of section.querySelectorAll("[data-mark]")) button.addEventListener("click", () => mark(player, film, Number(button.dataset.mark)));
  $("#play").addEventListener("click", () => player.toggle());
  $("#speed").addEventListener("change", (event) => player.pace(Number(event.target.value)));
  document.removeEventListener("keydown", turnPages);
  startKeys(player, film);
  setInterval(() => player.tick(), 100);
  tell(film.show(player), player);
  setClocks(player.at);
  follow = startFollowing(player);
  body.classList.add("is-film");
}

// Until the player is there, and where it cannot come, the keys turn pages by the links.
function turnPages(event) {
  if (!mayPress(event, document.activeElement) || event.shiftKey || document.querySelector("dialog[open]")) return;
  section.querySelector(`[data-key="${CSS.escape(event.key)}"][href]`)?.click();
}

document.addEventListener("keydown", turnPages);
document.querySelector("[data-goes]").addEventListener("change", (event) => event.target.form.requestSubmit());
startTabs(body);
startClocks(body);
fetch(section.dataset.tape)
  .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
  .then(start)
  .catch(() => document.documentElement.classList.add("is-without-film"));
