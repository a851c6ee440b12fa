// Where one is in a recorded session, and whether it runs on. Knows no page: `told` is called whenever anything changed,
// with what changed it ("moved", "ran", "leapt", "played", "paused", "paced", "followed").
import { LONGEST, momentAt, played } from "./playing.js";

export class Player {
  constructor(tape, moment, told, now = () => performance.now()) {
    this.tape = tape; // { times, steps, marks }
    this.told = told;
    this.now = now;
    this.moment = moment;
    this.at = tape.times[moment - 1];
    this.playing = false;
    this.led = false; // whether somebody else's time runs here
    this.speed = 1;
  }

  get last() {
    return this.tape.times.length;
  }

  // To a moment, or to an instant between two: playing goes on from there.
  goTo(moment) {
    this.moment = Math.max(1, Math.min(this.last, moment));
    this.at = this.tape.times[this.moment - 1];
    this.from();
    this.told("moved");
  }

  seek(at) {
    this.at = at;
    this.moment = momentAt(this.tape.times, at);
    this.from();
    this.told("moved");
  }

  // One moment on or back, of those at which these eyes saw something; 0 where there is none.
  beside(step) {
    const { steps } = this.tape;
    const n = momentAt(steps, this.moment) - 1; // the last not after it, or the first
    const near = [steps[n - 1], steps[n], steps[n + 1]].filter((one) => (one - this.moment) * step > 0);
    return near.at(step > 0 ? 0 : -1) ?? 0;
  }

  step(step) {
    const beside = this.beside(step);
    if (beside) this.goTo(beside);
  }

  from() {
    this.led = false;
    this.base = { at: this.at, time: this.now(), leaps: 0 };
  }

  play() {
    if (this.moment >= this.last) this.goTo(1);
    this.playing = true;
    this.from();
    this.told("played");
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.told("paused");
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  pace(speed) {
    this.speed = speed;
    this.from();
    this.told("paced");
  }

  // Time has passed: called many times a second while it plays.
  tick() {
    if (!this.playing) return;
    const { at, leaps, over } = played(this.tape.times, this.base.at, this.now() - this.base.time, this.speed);
    this.at = at;
    this.moment = momentAt(this.tape.times, at);
    if (leaps) this.from();
    if (over) this.playing = false;
    this.told(over ? "paused" : leaps ? "leapt" : "ran");
  }

  // Somebody else's instant, whose time runs by their clock: see follow.js.
  follow(at, playing, speed) {
    this.playing = false;
    this.led = playing;
    this.at = Math.min(at, this.tape.times.at(-1));
    this.moment = momentAt(this.tape.times, this.at);
    this.speed = speed;
    this.told("followed");
  }

  // How long nothing happens from here on, in ms, where that is more than anybody is made to wait; else 0.
  get silence() {
    const next = this.tape.times[this.moment];
    if (!this.playing || next === undefined) return 0;
    const began = Math.max(this.base.at, this.tape.times[this.moment - 1]);
    return (next - began) / this.speed > LONGEST ? next - this.at : 0;
  }
}
