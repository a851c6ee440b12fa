// Pure parts of what Private is made of: which part comes first, and what is new there. Run: node --test tests/js/
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

async function load(name) {
  const source = await readFile(new URL(`../../rooms/static/rooms/${name}`, import.meta.url), "utf8");
  return import(`data:text/javascript,${encodeURIComponent(source)}`);
}

const NAMES = ["channel", "caucuses", "chairline"];

test("the part that was in front comes first, else the one where something happens", async () => {
  const { first } = await load("asides.js");
  const quiet = () => false;
  assert.equal(first(NAMES, { before: null, happens: quiet }), "channel");
  assert.equal(first(NAMES, { before: "chairline", happens: quiet }), "chairline");
  assert.equal(first(NAMES, { before: "elsewhere", happens: quiet }), "channel");
  assert.equal(first(NAMES, { before: null, happens: (name) => name === "caucuses" }), "caucuses");
});

test("what is new is what came since it was last in sight", async () => {
  const { unread } = await load("unread.js");
  const seen = new Map();
  assert.deepEqual([...unread([{ id: "a", news: 3, shown: false }], seen)], [["a", 3]]);
  assert.deepEqual([...unread([{ id: "a", news: 3, shown: true }], seen)], [["a", 0]]);
  assert.deepEqual([...unread([{ id: "a", news: 5, shown: false }], seen)], [["a", 2]]);
  assert.deepEqual([...unread([{ id: "a", news: 5, shown: true }, { id: "b", news: 1, shown: false }], seen)], [["a", 0], ["b", 1]]);
});

test("what was answered elsewhere is no news any more, and asked anew it is", async () => {
  const { unread } = await load("unread.js");
  const seen = new Map([["k1", 1]]);
  assert.equal(unread([{ id: "k1", news: 0, shown: false }], seen).get("k1"), 0);
  assert.equal(unread([{ id: "k1", news: 2, shown: false }], seen).get("k1"), 2);
});
