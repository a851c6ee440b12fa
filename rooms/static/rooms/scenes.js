// The panels of a moment: asked for one at a time, kept for a while, put in place where they differ from what stands
// there. What is unfolded, scrolled to or focused stays so. The newest wish counts; what was asked for before it is
// shown on the way while one scrubs or plays, and given up after a jump.
const KEPT = 60;
const NEIGHBOURS = [1, -1, 2];

// What to get next: what is wished for, else the neighbours of what is shown, as far as they are not kept.
export function wanting(wish, kept, last) {
  if (!kept.has(wish)) return wish;
  return NEIGHBOURS.map((step) => wish + step).find((one) => one >= 1 && one <= last && !kept.has(one)) ?? 0;
}

// The address of a moment, where a page's own address has moment 0.
export function addressOf(address, moment) {
  return address.replace("/at/0/", `/at/${moment}/`);
}

export class Scenes {
  constructor(room, address, last, told, get = (url, signal) => fetch(url, { signal })) {
    this.room = room;
    this.address = address;
    this.last = last;
    this.told = told; // "shown" when panels were put in place, "late" and "here" as requests fail and come again
    this.get = get;
    this.kept = new Map(); // moment -> its panels
    this.standing = {};
    this.asking = 0;
    this.had = 0; // the moment whose panels came last
  }

  // The moment to be shown. `passing`: one of many on the way.
  show(moment, passing) {
    this.wish = moment;
    const panels = this.kept.get(moment);
    if (panels) this.put(panels);
    const outdated = this.asking && this.asking !== moment && (!passing || this.spare);
    if (outdated) this.abort.abort();
    this.next();
  }

  async next() {
    if (this.asking) return;
    const moment = wanting(this.wish, this.kept, this.last);
    if (!moment) return;
    this.asking = moment;
    this.spare = moment !== this.wish;
    const { had } = this;
    const whole = addressOf(this.address, moment);
    const address = had ? `${whole}${whole.includes("?") ? "&" : "?"}have=${had}` : whole;
    this.abort = new AbortController();
    let pause = 0;
    try {
      const answer = await this.get(address, this.abort.signal);
      if (!answer.ok) throw new Error(answer.status);
      this.keep(moment, { ...this.kept.get(had), ...(await answer.json()).panels });
      if (!this.spare) this.put(this.kept.get(moment));
      this.told("here");
    } catch (error) {
      if (error.name !== "AbortError") {
        this.told("late");
        pause = 2000; // the line or the server is away: not again at once
      }
    }
    setTimeout(() => {
      this.asking = 0;
      this.next();
    }, pause);
  }

  // The latest is what others are told apart from: the server sends what differs from it.
  keep(moment, panels) {
    this.kept.set(moment, panels);
    this.had = moment;
    for (const old of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(old);
    }
  }

  put(panels) {
    for (const [name, html] of Object.entries(panels)) {
      if (this.standing[name] !== html) this.replace(name, html);
      this.standing[name] = html;
    }
    this.told("shown");
  }

  replace(name, html) {
    const old = this.room.querySelector(`#panel-${name}`);
    if (!old) return;
    const made = document.createElement("template");
    made.innerHTML = html; // as the server painted it
    const fresh = made.content.firstElementChild;
    const within = old.contains(document.activeElement) ? document.activeElement.id : "";
    for (const details of old.querySelectorAll("details[open][id]")) {
      fresh.querySelector(`details#${CSS.escape(details.id)}`)?.setAttribute("open", "");
    }
    old.replaceWith(fresh);
    if (within) document.getElementById(within)?.focus({ preventScroll: true });
  }
}
