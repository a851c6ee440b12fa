// Pure parts of what the browser does with the agenda. Run: node --test tests/js/
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

async function load(name) {
  const source = await readFile(new URL(`../../rooms/static/rooms/${name}`, import.meta.url), "utf8");
  const alone = source.replace(/^import .*$/gm, "");
  return import(`data:text/javascript,${encodeURIComponent(alone)}`);
}

const MINUTE = 60000;
const hour = (at) => `${at / MINUTE}'`;

test("while an item runs within its time, the end does not move with the time of day", async () => {
  const { doneAt } = await load("ahead.js");
  const what = { rest: `${20 * MINUTE}`, runningEnds: `${10 * MINUTE}` };
  assert.equal(doneAt(what, 0), 30 * MINUTE);
  assert.equal(doneAt(what, 9 * MINUTE), 30 * MINUTE);
});

test("once an item runs over, and while none runs, the end moves with the time of day", async () => {
  const { doneAt } = await load("ahead.js");
  assert.equal(doneAt({ rest: `${20 * MINUTE}`, runningEnds: `${10 * MINUTE}` }, 12 * MINUTE), 32 * MINUTE);
  assert.equal(doneAt({ rest: `${20 * MINUTE}` }, 12 * MINUTE), 32 * MINUTE);
});

test("in a pause the running item keeps what it had left", async () => {
  const { doneAt } = await load("ahead.js");
  const what = { rest: `${20 * MINUTE}`, runningEnds: `${10 * MINUTE}`, standsAt: `${7 * MINUTE}` };
  assert.equal(doneAt(what, 7 * MINUTE), 30 * MINUTE);
  assert.equal(doneAt(what, 17 * MINUTE), 40 * MINUTE);
  assert.equal(doneAt({ ...what, standsAt: `${12 * MINUTE}` }, 17 * MINUTE), 37 * MINUTE);
});

test("within a minute of the plan is on time", async () => {
  const { minutesLate } = await load("ahead.js");
  assert.deepEqual([0, 59999, -59999, 60000, 130000, -180000].map(minutesLate), [0, 0, 0, 1, 2, -3]);
});

test("the end, what is to come and when an item begins are said in words", async () => {
  const { inWords } = await load("ahead.js");
  const what = { rest: `${20 * MINUTE}`, plan: `${25 * MINUTE}` };
  assert.equal(inWords({ ...what, ahead: "ends" }, 11 * MINUTE, hour), "ends about 31', 6 min late");
  assert.equal(inWords({ ...what, ahead: "ends" }, 2 * MINUTE, hour), "ends about 22', 3 min early");
  assert.equal(inWords({ ...what, ahead: "ends" }, 5 * MINUTE, hour), "ends about 25', on time");
  assert.equal(inWords({ rest: "0", ahead: "ends" }, 5 * MINUTE, hour), "ends about 5'");
  assert.equal(inWords({ ...what, ahead: "left" }, 5 * MINUTE, hour), "about 20 min to come");
  assert.equal(inWords({ ...what, ahead: "begins" }, 5 * MINUTE, hour), "");
  assert.equal(inWords({ ...what, ahead: "begins" }, 9 * MINUTE, hour), "now 29'");
  assert.equal(inWords({ rest: "0", ahead: "begins" }, 9 * MINUTE, hour), "about 9'");
});

test("an arrow moves an item by one place, and not beyond the ends", async () => {
  const { beforeWhom } = await load("reorder.js");
  const ids = ["a", "b", "c"];
  assert.equal(beforeWhom(ids, "b", -1), "a");
  assert.equal(beforeWhom(ids, "a", 1), "c");
  assert.equal(beforeWhom(ids, "b", 1), "");
  assert.equal(beforeWhom(ids, "a", -1), null);
  assert.equal(beforeWhom(ids, "c", 1), null);
  assert.equal(beforeWhom(ids, "gone", 1), null);
});

test("an item is dropped before the row whose middle lies below", async () => {
  const { dropBefore } = await load("reorder.js");
  const ids = ["a", "b", "c"];
  const middles = [10, 30, 50];
  assert.equal(dropBefore(ids, middles, "c", 5), "a");
  assert.equal(dropBefore(ids, middles, "a", 45), "c");
  assert.equal(dropBefore(ids, middles, "a", 99), "");
  assert.equal(dropBefore(ids, middles, "a", 12), null);
  assert.equal(dropBefore(ids, middles, "b", 20), null);
  assert.equal(dropBefore(ids, middles, "c", 99), null);
});

test("where an item now stands is said in a sentence", async () => {
  const { whereNow } = await load("reorder.js");
  assert.equal(whereNow(["Coffee", "Drafting"], 0), "Coffee is now 1 of 2 to come, before Drafting.");
  assert.equal(whereNow(["Coffee", "Drafting"], 1), "Drafting is now 2 of 2 to come, last.");
});
