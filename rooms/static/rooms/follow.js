// The class follows the chair through a recorded session, each in their own record: only an instant is told. Who looks
// elsewhere meanwhile looks on their own, until they follow again. The chair leads by doing what one does anyway.
import { shownInstant } from "./playing.js";
import { watch } from "./shown.js";

const PAUSE = 150; // ms between two words to the class while the chair scrubs
const AGAIN = 2000; // ms until a word that did not get through is said again
const LED = new Set(["moved", "played", "paused", "paced", "leapt"]); // changes that the class has to be told

// What one is to what is shown, once something was heard of it or done: off, shown, following, own, leading. `isMine`:
// what is shown is what this page said last, or is about to say.
export function becomes(mode, { open, isMine, wantsToFollow }) {
  if (!open) return "off";
  if (mode === "leading") return isMine ? "leading" : "shown";
  if (mode === "off" || mode === "shown") return wantsToFollow ? "following" : "shown";
  return mode;
}

class Following {
  constructor(bar, player) {
    this.bar = bar;
    this.player = player;
    this.mode = bar.dataset.state;
    this.shown = { open: this.mode !== "off", since: -1, at: 0, playing: false, speed: 1 };
    this.ahead = 0;
    this.said = -1;
    this.leads = `neacd-leads-${bar.dataset.show}`;
    if (player && sessionStorage.getItem(this.leads)) this.mode = "leading"; // the same page, loaded anew
    bar.addEventListener("click", (event) => this.pressed(event));
    watch(bar.dataset, (shown) => this.heard(shown));
    if (player) setInterval(() => this.go(), 100);
  }

  heard(shown) {
    if (shown.since < this.shown.since) return;
    this.shown = shown;
    this.ahead = shown.now - Date.now();
    const isMine = this.saying || shown.since <= this.said || this.said < 0;
    this.turn(becomes(this.mode, { open: shown.open, isMine, wantsToFollow: Boolean(this.player) && location.hash === "#follow" }));
    if (this.mode === "leading" && this.said < 0) this.say();
    this.go(true);
  }

  turn(mode) {
    this.mode = mode;
    for (const part of this.bar.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(mode);
    this.bar.dataset.state = mode;
    this.bar.hidden = !this.bar.querySelector("[data-when]:not([hidden])");
    if (mode === "leading") sessionStorage.setItem(this.leads, "1");
    else sessionStorage.removeItem(this.leads);
    const hash = mode === "following" ? "#follow" : "";
    if (this.player && location.hash !== hash) history.replaceState(null, "", location.pathname + location.search + hash);
  }

  // To where the chair is now, if one follows.
  go(anew = false) {
    if (this.mode !== "following" || (!anew && !this.shown.playing)) return;
    this.player.follow(shownInstant(this.shown, Date.now() + this.ahead), this.shown.playing, this.shown.speed);
  }

  // The player says what has changed on this page.
  changed(what) {
    if (this.mode === "following" && what !== "followed") this.turn("own");
    if (this.mode === "leading" && LED.has(what)) this.say();
  }

  pressed(event) {
    const wish = event.target.closest("[data-do]")?.dataset.do;
    if (!wish || !this.player) return; // elsewhere it is a link
    event.preventDefault();
    if (wish === "follow") this.turn("following");
    if (wish === "leave") this.turn("own");
    if (wish === "lead") this.turn("leading");
    if (wish === "lead") this.say();
    if (wish === "stop") this.post({ stop: "1" });
    this.go(true);
    document.getElementById("scrub").focus({ preventScroll: true }); // the keys of the strip, and no button twice
  }

  // One word at a time, the latest; what was passed meanwhile is left out.
  async say() {
    this.wanted = true;
    if (this.saying) return;
    this.saying = true;
    while (this.wanted && this.mode === "leading") {
      this.wanted = false;
      const { at, playing, speed } = this.player;
      const through = await this.post({ at: Math.round(at), playing: playing ? "1" : "", speed });
      if (!through) this.wanted = true;
      await new Promise((done) => { setTimeout(done, through ? PAUSE : AGAIN); });
    }
    this.saying = false;
  }

  async post(fields) {
    try {
      const body = new URLSearchParams(fields);
      const answer = await fetch(this.bar.dataset.show, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (told.refused) {
        this.turn("shown"); // no moderator any more, or a page that is too old
        return true;
      }
      this.said = Math.max(this.said, told.since);
      this.heard(told);
      return true;
    } catch {
      return false;
    }
  }
}

export function startFollowing(player) {
  const bar = document.getElementById("following");
  return bar ? new Following(bar, player) : { changed() {} };
}
