// What a page that looks back says of the moment it shows: what happened, when, and which ways lead on.
import { hour } from "./clock.js";
import { clockTime } from "./film.js";
import { lasting } from "./playing.js";
import { addressOf } from "./scenes.js";

const section = document.getElementById("film");

function $(selector) {
  return section.querySelector(selector);
}

// Clocks of the room stand, or run on with the player, at the instant that is shown.
export function setClocks(at) {
  for (const clock of document.querySelectorAll("time[data-ends]:not([data-paused-at]), time[data-runs]")) {
    clock.dataset.runs = "";
    clock.dataset.pausedAt = Math.round(at);
  }
}

export function localTimes() {
  for (const time of document.querySelectorAll(".past-room time[data-at]")) time.textContent = hour(time.dateTime);
}

export function tell(mark, player) {
  const sentence = $("[data-sentence]");
  $("#told").setAttribute("aria-live", player.playing || player.led ? "off" : "polite");
  $("[data-before]").hidden = !mark || mark[0] === player.moment;
  if (sentence.textContent !== (mark?.[2] ?? "")) sentence.textContent = mark?.[2] ?? "";
  const { silence } = player;
  $("[data-quiet]").hidden = !silence;
  if (silence) $("[data-quiet-for]").textContent = lasting(silence);
  const time = document.getElementById("moment");
  time.dateTime = new Date(player.at).toISOString();
  time.textContent = clockTime(player.at);
}

export function point(player) {
  const ways = { first: player.beside(-1) && 1, back: player.beside(-1), next: player.beside(1), last: player.beside(1) && player.last };
  for (const [name, to] of Object.entries(ways)) {
    const way = $(`[data-way="${name}"]`);
    if (to) {
      way.href = addressOf(section.dataset.page, to);
      way.removeAttribute("aria-disabled");
    } else {
      way.removeAttribute("href");
      way.setAttribute("aria-disabled", "true");
    }
  }
  $("#play").setAttribute("aria-pressed", String(player.playing));
  $("#play .film-word").textContent = player.playing ? "Pause" : "Play";
  $("#speed").value = player.speed;
}

// What names the moment elsewhere on the page: its number, the link to it, the address of the page.
export function settle(player) {
  const link = document.getElementById("moment-link");
  link.value = link.value.replace(/\d+\/$/, `${Math.round(player.at)}/`);
  document.getElementById("cursor").value = player.moment;
  for (const one of section.querySelectorAll('a[href*="?at="]')) one.href = one.href.replace(/\d+$/, Math.round(player.at));
  for (const one of section.querySelectorAll("[data-to]")) {
    const current = player.moment >= Number(one.dataset.to) && !(player.moment >= Number(one.parentElement.nextElementSibling?.querySelector("[data-to]")?.dataset.to));
    if (current) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  document.title = document.title.replace(/^\d+/, player.moment);
  history.replaceState(null, "", addressOf(section.dataset.page, player.moment) + location.hash);
}
