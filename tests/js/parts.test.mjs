// Which part of the chair's console what happens brings to the front. Run: node --test tests/js/
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

async function load(name) {
  const source = await readFile(new URL(`../../rooms/static/rooms/${name}`, import.meta.url), "utf8");
  return import(`data:text/javascript,${encodeURIComponent(source)}`);
}

test("a drafting, a decision and an open call bring the text to the front, everything else the caucuses", async () => {
  const { calledFor } = await load("parts.js");
  assert.equal(calledFor({ kind: "drafting", callIsOpen: false }), "text");
  assert.equal(calledFor({ kind: "decision", callIsOpen: false }), "text");
  assert.equal(calledFor({ kind: "discussion", callIsOpen: true }), "text");
  assert.equal(calledFor({ kind: "discussion", callIsOpen: false }), "caucuses");
  assert.equal(calledFor({ kind: "informal", callIsOpen: false }), "caucuses");
  assert.equal(calledFor({ kind: undefined, callIsOpen: false }), "caucuses");
});
