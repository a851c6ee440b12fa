// Pure parts of the room's modules. Run: node --test tests/js/
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

// Read as text, so that the modules need no package.json beside them.
async function load(name) {
  const source = await readFile(new URL(`../../rooms/static/rooms/${name}`, import.meta.url), "utf8");
  const alone = source.replace(/^import .*$/gm, "");
  return import(`data:text/javascript,${encodeURIComponent(alone)}`);
}

test("a clock rounds up while time is left and counts up after", async () => {
  const { reading } = await load("clock.js");
  assert.equal(reading(120000), "2:00");
  assert.equal(reading(59001), "1:00");
  assert.equal(reading(1), "0:01");
  assert.equal(reading(0), "0:00");
  assert.equal(reading(-1), "+0:00");
  assert.equal(reading(-61000), "+1:01");
});

test("a clock asks for attention in its last half minute, and says when it is over", async () => {
  const { mood } = await load("clock.js");
  assert.equal(mood(30001), "");
  assert.equal(mood(30000), "is-warm");
  assert.equal(mood(0), "is-warm");
  assert.equal(mood(-1), "is-over");
});

test("a clock never shows more than was planned, and stands still in a pause", async () => {
  const { left } = await load("clock.js");
  assert.equal(left({ ends: "10000", planned: "5000" }, 4000), 5000);
  assert.equal(left({ ends: "10000", planned: "5000" }, 7000), 3000);
  assert.equal(left({ ends: "10000" }, 4000), 6000);
  assert.equal(left({ ends: "10000", planned: "5000", pausedAt: "8000" }, 99000), 2000);
});

test("only what was asked lately is sent again", async () => {
  const { worthRepeating } = await load("line.js");
  const messages = new Map([["a", { at: 0, text: "old" }], ["b", { at: 20000, text: "new" }]]);
  assert.deepEqual(worthRepeating(messages, 40000).map((message) => message.text), ["new"]);
});

test("a request id is made where the browser has no randomUUID", async () => {
  const { requestId } = await load("line.js");
  assert.match(requestId(), /^[A-Za-z0-9-]{32,36}$/);
});

test("keys are for the room unless somebody types", async () => {
  const { mayPress } = await load("keys.js");
  const field = (yes) => ({ matches: () => yes });
  assert.equal(mayPress({}, null), true);
  assert.equal(mayPress({}, field(true)), false);
  assert.equal(mayPress({}, field(false)), true);
  assert.equal(mayPress({ ctrlKey: true }, null), false);
  assert.equal(mayPress({ isComposing: true }, null), false);
});

test("a second press at once is a slip, a later one is meant", async () => {
  const { isSlip } = await load("line.js");
  assert.equal(isSlip(undefined, 5000), false);
  assert.equal(isSlip(5000, 5300), true);
  assert.equal(isSlip(5000, 7000), false);
});

test("a page that was asked for never overwrites a newer screen", async () => {
  const { isNewer } = await load("refresh.js");
  assert.equal(isNewer({ cursor: "12" }, { cursor: "12" }), true);
  assert.equal(isNewer({ cursor: "13" }, { cursor: "12" }), true);
  assert.equal(isNewer({ cursor: "11" }, { cursor: "12" }), false);
});
