// How a recorded session is played. Run: node --test tests/js/
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

const source = await readFile(new URL("../../rooms/static/rooms/playing.js", import.meta.url), "utf8");
const playing = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const { LONGEST, axisOf, lasting, markBeside, momentAt, paced, played, shownInstant, toldAt } = playing;
const TIMES = [1000, 2000, 2000, 5000];
const MARKS = [[1, "room", "It began."], [2, "floor", "Japan spoke."], [4, "decisions", "It was adopted."]];

test("an instant belongs to the last moment that is not after it, and before all of them to the first", () => {
  assert.equal(momentAt(TIMES, 0), 1);
  assert.equal(momentAt(TIMES, 1000), 1);
  assert.equal(momentAt(TIMES, 1999), 1);
  assert.equal(momentAt(TIMES, 2000), 3, "of several at one instant the last");
  assert.equal(momentAt(TIMES, 4999), 3);
  assert.equal(momentAt(TIMES, 99999), 4);
});

test("playing takes the time that it took, divided by the speed", () => {
  assert.deepEqual(played(TIMES, 1000, 500, 1), { at: 1500, leaps: 0, over: false });
  assert.deepEqual(played(TIMES, 1000, 500, 2), { at: 2000, leaps: 0, over: false });
  assert.deepEqual(played(TIMES, 1000, 100, 30), { at: 4000, leaps: 0, over: false });
  assert.deepEqual(played(TIMES, 1000, 4000, 1), { at: 5000, leaps: 0, over: true });
  assert.deepEqual(played(TIMES, 0, 500, 1), { at: 500, leaps: 0, over: false });
});

test("a long silence runs for some seconds and is then jumped over, at every speed", () => {
  const hour = [0, 3600000, 3601000];
  assert.deepEqual(played(hour, 0, LONGEST - 1, 1), { at: LONGEST - 1, leaps: 0, over: false });
  assert.deepEqual(played(hour, 0, LONGEST, 1), { at: 3600000, leaps: 1, over: false });
  assert.deepEqual(played(hour, 0, LONGEST, 60), { at: 3600000, leaps: 1, over: false });
  assert.deepEqual(played(hour, 0, LONGEST + 400, 1), { at: 3600400, leaps: 1, over: false });
});

test("nothing is left to play at the end", () => {
  assert.deepEqual(played(TIMES, 5000, 0, 1), { at: 5000, leaps: 0, over: true });
});

test("what is told is the last mark that is not after the moment", () => {
  assert.equal(toldAt(MARKS, 1)[2], "It began.");
  assert.equal(toldAt(MARKS, 3)[2], "Japan spoke.");
  assert.equal(toldAt(MARKS, 9)[2], "It was adopted.");
  assert.equal(toldAt([[3, "room", "Later."]], 2), null);
  assert.equal(toldAt([], 2), null);
});

test("the next marker is the next of the kinds that count", () => {
  const all = new Set(["room", "floor", "decisions"]);
  assert.equal(markBeside(MARKS, 1, 1, all), 2);
  assert.equal(markBeside(MARKS, 4, -1, all), 2);
  assert.equal(markBeside(MARKS, 1, 1, new Set(["decisions"])), 4);
  assert.equal(markBeside(MARKS, 4, 1, all), 0);
  assert.equal(markBeside(MARKS, 1, -1, all), 0);
  assert.equal(markBeside(MARKS, 1, 1, new Set()), 0);
});

test("the speed goes from 1 to 60 and no further", () => {
  assert.equal(paced(1, 1), 2);
  assert.equal(paced(30, 1), 60);
  assert.equal(paced(60, 1), 60);
  assert.equal(paced(1, -1), 1);
  assert.equal(paced(10, -1), 5);
});

test("places on the strip and instants lead to each other", () => {
  const axis = axisOf(TIMES, 1000, 6000);
  assert.equal(axis.place(1000), 0);
  assert.equal(axis.place(6000), 1);
  assert.equal(axis.place(3500), 0.5);
  assert.equal(axis.place(0), 0);
  assert.equal(axis.place(99999), 1);
  assert.equal(axis.instant(0.5), 3500);
  assert.equal(axis.instant(-1), 1000);
  assert.equal(axis.instant(2), 6000);
  assert.equal(axis.cut, false);
});

test("a week between two meetings takes no more of the strip than ten minutes", () => {
  const week = 7 * 86400000;
  const axis = axisOf([0, 600000, 600000 + week, 1200000 + week], 0, 1200000 + week);
  assert.equal(axis.cut, true);
  assert.equal(axis.place(600000).toFixed(3), "0.333");
  assert.equal(axis.place(600000 + week).toFixed(3), "0.667");
  assert.equal(axis.instant(axis.place(600000 + week)), 600000 + week);
  assert.ok(axis.instant(0.5) > 600000 && axis.instant(0.5) < 600000 + week);
});

test("a record of one instant has a strip, too", () => {
  const axis = axisOf([5], 5, 5);
  assert.equal(axis.place(5), 0);
  assert.equal(axis.instant(0.7), 5);
});

test("who comes late lands where the others are", () => {
  assert.equal(shownInstant({ at: 1000, playing: false, speed: 60, since: 50 }, 9999), 1000);
  assert.equal(shownInstant({ at: 1000, playing: true, speed: 60, since: 50 }, 150), 7000);
  assert.equal(shownInstant({ at: 1000, playing: true, speed: 60, since: 50 }, 20), 1000, "never before it was set");
});

test("a length of time is said in words", () => {
  assert.equal(lasting(41000), "41 s");
  assert.equal(lasting(200000), "3 min");
  assert.equal(lasting(3 * 3600000), "3 h");
  assert.equal(lasting(8 * 86400000), "8 days");
});
