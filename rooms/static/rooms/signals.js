// Two soft tones and a mark in the tab's title for whoever looks elsewhere, and the choice of what of it one wants.
// The choice stays on this device. Nothing here knows what it is called for: voices.js does.
const KEY = "neacd-signals";
const CHOICES = ["voice", "sound", "badge"];
const TONES = [587.33, 783.99]; // Hz: d'' and g'', a fourth up, like a door bell two rooms away
const APART = 0.16; // s from one tone to the next
const LENGTH = 0.5; // s
const LOUDNESS = 0.07; // of 1: heard by whoever sits at the device, not by the row behind
const BURST = 2000; // ms in which a second call needs no second ring

// What somebody chose before; whatever cannot be read counts as never chosen, and all is on.
export function chosen(stored) {
  let kept = {};
  try {
    kept = JSON.parse(stored) || {};
  } catch {
    kept = {}; // somebody else's words under our name
  }
  return Object.fromEntries(CHOICES.map((name) => [name, kept[name] !== false]));
}

export function ringsAgain(rangAt, now) {
  return now - rangAt >= BURST;
}

export function marked(words, title) {
  return `(!) ${words} · ${title}`;
}

let choice = chosen(null);
let context; // of sound; browsers give one only to a page that somebody has touched
let rangAt = -Infinity;
let plainTitle = null;

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage may be forbidden; then the choice lasts as long as this page
  }
}

function remember() {
  try {
    localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // it then lasts as long as this page
  }
}

export function wants(name) {
  return choice[name];
}

function awaken() {
  if (!choice.sound || !window.AudioContext) return;
  context ??= new AudioContext();
  if (context.state !== "running") context.resume().catch(() => {}); // not yet; the next touch asks again
}

function tone(pitch, at) {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + LENGTH);
}

function ring(now) {
  if (!choice.sound || !context || !ringsAgain(rangAt, now)) return;
  rangAt = now;
  awaken();
  TONES.forEach((pitch, n) => tone(pitch, context.currentTime + n * APART));
}

function seen() {
  return document.visibilityState === "visible" && document.hasFocus();
}

function mark(words) {
  plainTitle ??= document.title;
  document.title = marked(words, plainTitle);
}

function unmark() {
  if (plainTitle === null) return;
  document.title = plainTitle;
  plainTitle = null;
}

// You are called: `words` says what for, as short as a tab's title is.
export function signal(words) {
  ring(Date.now());
  if (choice.badge && !seen()) mark(words);
}

function tryIt(dialog, say) {
  const { words } = dialog.dataset;
  rangAt = -Infinity;
  ring(Date.now());
  if (choice.badge) mark(words);
  setTimeout(unmark, 4000); // the tab is in front: nothing else would take the mark away
  say(words);
  dialog.querySelector("[data-tried]").hidden = false;
}

function startChoosing(dialog, say) {
  for (const box of dialog.querySelectorAll("[data-choice]")) box.checked = choice[box.dataset.choice];
  dialog.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-choice]")) return;
    choice = { ...choice, [target.dataset.choice]: target.checked };
    remember();
    awaken();
    if (!choice.badge) unmark();
  });
  dialog.querySelector("[data-try]").addEventListener("click", () => tryIt(dialog, say));
  for (const opener of document.querySelectorAll('[data-opens="signals"]')) {
    opener.addEventListener("click", () => {
      dialog.querySelector("[data-tried]").hidden = true;
      dialog.showModal();
    });
  }
}

export function startSignals(say) {
  choice = chosen(remembered());
  for (const touch of ["pointerdown", "keydown"]) document.addEventListener(touch, awaken);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") unmark(); });
  window.addEventListener("focus", unmark);
  const dialog = document.getElementById("signals");
  if (dialog) startChoosing(dialog, say);
}
