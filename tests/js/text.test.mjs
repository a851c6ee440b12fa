// Which words were chosen in a text, and what changed while somebody wrote. Run: node --test tests/js/
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

async function load(name) {
  const source = await readFile(new URL(`../../rooms/static/rooms/${name}`, import.meta.url), "utf8");
  return import(`data:text/javascript,${encodeURIComponent(source)}`);
}

test("a selection is a quote without the space at its ends, and the occurrence that is meant", async () => {
  const { quoteOf } = await load("marks.js");
  const text = "They will meet, and will meet again.";
  assert.deepEqual(quoteOf(text, 4, 15), { quote: "will meet,", occurrence: 1 });
  assert.deepEqual(quoteOf(text, 20, 29), { quote: "will meet", occurrence: 2 });
  assert.deepEqual(quoteOf(text, 5, 14), { quote: "will meet", occurrence: 1 });
  assert.deepEqual(quoteOf(text, 4, 5), { quote: "", occurrence: 0 });
});

test("occurrences that run into one another are counted one by one", async () => {
  const { quoteOf } = await load("marks.js");
  assert.deepEqual(quoteOf("ababab", 2, 6), { quote: "abab", occurrence: 2 });
});

test("letters of any script are quoted as they stand", async () => {
  const { quoteOf } = await load("marks.js");
  const text = "참가자들은 만난다. 참가자들은 쓴다.";
  assert.deepEqual(quoteOf(text, 11, 16), { quote: "참가자들은", occurrence: 2 });
});

test("the versions after the one somebody had before them are news", async () => {
  const { newsSince } = await load("drafts.js");
  const versions = ["3", "2", "1"].map((version) => ({ dataset: { version } }));
  assert.deepEqual(newsSince(versions, 1).map((one) => one.dataset.version), ["3", "2"]);
  assert.deepEqual(newsSince(versions, 3), []);
});
