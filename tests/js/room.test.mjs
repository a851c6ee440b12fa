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

test("no clock stands before what has happened, and what happened long ago holds none back", async () => {
  const { told, roomTime } = await load("clock.js");
  const start = { start: 0, lead: 0, tempo: 1 };
  const old = told(start, 5000, 9000);
  assert.equal(roomTime(old, 9000), 9000);
  const slow = told(old, 13000, 12000);
  assert.equal(roomTime(slow, 12000), 13000);
  assert.equal(roomTime(told(slow, 20000, 20000), 20000), 21000);
});

test("a room that is rehearsed twelve times faster counts at its tempo, and not for ever without a word", async () => {
  const { told, roomTime } = await load("clock.js");
  let known = { start: 0, lead: 0, tempo: 1 };
  for (let now = 0; now <= 8000; now += 1000) known = told(known, now * 12, now);
  assert.equal(known.tempo, 12);
  assert.equal(roomTime(known, 8000), 96000);
  assert.equal(roomTime(known, 9500), 114000);
  assert.equal(roomTime(known, 999000), 696000);
});

test("an hour's delay, told at once, is no tempo", async () => {
  const { told, roomTime } = await load("clock.js");
  let known = { start: 500, lead: 500, tempo: 1 };
  for (const [at, now] of [[1000, 3600000], [2000, 3600050], [3600400, 3600100]]) known = told(known, at, now);
  assert.equal(roomTime(known, 3600200), 3600700);
});

test("only what was asked lately is sent again", async () => {
  const { worthRepeating } = await load("requests.js");
  const messages = new Map([["a", { at: 0, text: "old" }], ["b", { at: 20000, text: "new" }]]);
  assert.deepEqual(worthRepeating(messages, 40000).map((message) => message.text), ["new"]);
});

test("a request id is made where the browser has no randomUUID", async () => {
  const { requestId } = await load("requests.js");
  assert.match(requestId(), /^[A-Za-z0-9-]{32,36}$/);
});

test("what may have been carried out is posted again under the same id, and only that", async () => {
  const { idFor } = await load("requests.js");
  const first = idFor(undefined, "text=Yes", 1000);
  assert.equal(idFor(first, "text=Yes", 2000).id, first.id);
  assert.notEqual(idFor(first, "text=No", 2000).id, first.id);
  assert.notEqual(idFor(first, "text=Yes", 60000).id, first.id, "a minute later it is meant anew");
});

test("of what was sent again nobody says that nothing was changed, unless a rule has said so", async () => {
  const { leavesOpen, toSay } = await load("requests.js");
  const busy = { code: "busy", message: "Too much happened at once. Nothing was changed; try again." };
  const unsure = { code: "unsure", message: "We could not learn it." };
  const [first, again] = [{ text: "say" }, { text: "say", again: true }];
  assert.equal(leavesOpen(first, busy), false);
  assert.deepEqual(toSay(first, busy), busy);
  assert.equal(leavesOpen(again, busy), true);
  assert.doesNotMatch(toSay(again, busy).message, /Nothing was changed/);
  assert.deepEqual(toSay(again, unsure), unsure);
  assert.equal(leavesOpen(first, unsure), true);
  const closed = { code: "not_open", message: "The list is closed." };
  assert.equal(leavesOpen(again, closed), false);
  assert.deepEqual(toSay(again, closed), closed);
  assert.equal(leavesOpen(again, undefined), false);
  assert.equal(toSay(again, undefined), undefined);
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

const control = (key) => ({ dataset: { key } });

test("of two controls with one key the first is pressed", async () => {
  const { firstOfEach } = await load("keys.js");
  const [one, two, three] = [control("c"), control("n"), control("c")];
  assert.deepEqual([...firstOfEach([one, two, three])], [["c", one], ["n", two]]);
});

test("a place is told from the large to the small, nothing twice, nothing at length", async () => {
  const { place } = await load("controls.js");
  assert.equal(place(["Agenda", "Discussion 12 min", "Discussion"]), "Agenda, Discussion 12 min");
  assert.equal(place(["", "Ada", undefined]), "Ada");
  assert.equal(place(["x".repeat(80)]).length, 61);
});

const command = (label, where = "", key = "") => ({ label, place: where, key });

test("the list of commands shows the nearest first: the key, the name's beginning, the name, the place", async () => {
  const { matching } = await load("palette.js");
  const all = [
    command("Start now", "Agenda, Closing"),
    command("Add an item", "Agenda"),
    command("Next item", "Agenda", "i"),
    command("Item ended early", "Agenda"),
  ];
  assert.deepEqual(matching(all, "item").map((one) => one.label), ["Item ended early", "Next item", "Add an item"]);
  assert.deepEqual(matching(all, " I ").map((one) => one.label), ["Next item", "Item ended early", "Add an item", "Start now"]);
  assert.deepEqual(matching(all, "start closing").map((one) => one.label), ["Start now"]);
  assert.deepEqual(matching(all, "silence"), []);
});

test("with nothing typed all commands are listed, those with a key first, else as they stand", async () => {
  const { matching } = await load("palette.js");
  const all = [command("Close"), command("Pause", "", "p"), command("Debrief")];
  assert.deepEqual(matching(all, "").map((one) => one.label), ["Pause", "Close", "Debrief"]);
});

test("the arrow keys go round", async () => {
  const { further } = await load("palette.js");
  assert.equal(further(0, -1, 3), 2);
  assert.equal(further(2, 1, 3), 0);
  assert.equal(further(-1, 1, 0), -1);
});

const fact = (matter, key, words = key, signal = "") => ({ id: `${matter} ${key}`, matter, words, signal });

test("a fact is read from its element, and is news while it was not on the page before", async () => {
  const { factsOf, news } = await load("voices.js");
  const facts = factsOf([{ dataset: { voice: "floor", voiceKey: "r1", voiceWords: "Japan has the floor." } }]);
  assert.deepEqual(facts, [fact("floor", "r1", "Japan has the floor.")]);
  assert.deepEqual(news(facts, new Set()), facts);
  assert.deepEqual(news(facts, new Set(["floor r1"])), []);
});

test("of one matter only the newest is said, and a call to this person before it", async () => {
  const { merged } = await load("voices.js");
  const words = (facts) => merged(facts).map((one) => one.words);
  assert.deepEqual(words([fact("floor", "r1"), fact("floor", "r2")]), ["r2"]);
  assert.deepEqual(words([fact("floor", "mine", "mine", "!"), fact("floor", "r1")]), ["mine"]);
  assert.deepEqual(words([fact("floor", "r1"), fact("floor", "mine", "mine", "!")]), ["mine"]);
});

test("a burst is two sentences at most: calls first, then the newest", async () => {
  const { merged } = await load("voices.js");
  const words = (facts) => merged(facts).map((one) => one.words);
  const burst = [fact("item", "i2"), fact("rule", "off"), fact("floor", "r1"), fact("time", "up", "up", "!")];
  assert.deepEqual(words(burst), ["up", "r1"]);
  assert.deepEqual(words(burst.slice(0, 3)), ["off", "r1"]);
  assert.deepEqual(words([...burst, fact("note", "n1", "n1", "!"), fact("news", "x", "x", "!")]), ["n1", "x"]);
  assert.deepEqual(words([fact("item", "none", "")]), []);
});

test("announcements keep their distance, unless somebody is called", async () => {
  const { patience } = await load("voices.js");
  assert.equal(patience(10000, -Infinity, false), 350);
  assert.equal(patience(10000, 9000, false), 2000);
  assert.equal(patience(10000, 9000, true), 350);
});

test("whoever never chose has all signals, and what cannot be read counts as never chosen", async () => {
  const { chosen } = await load("signals.js");
  const all = { voice: true, sound: true, badge: true };
  assert.deepEqual(chosen(null), all);
  assert.deepEqual(chosen("{nonsense"), all);
  assert.deepEqual(chosen("3"), all);
  assert.deepEqual(chosen('{"sound":false,"other":1}'), { ...all, sound: false });
});

test("a burst of calls rings once, and a call stands before the page's own title", async () => {
  const { marked, ringsAgain } = await load("signals.js");
  assert.equal(ringsAgain(-Infinity, 0), true);
  assert.equal(ringsAgain(10000, 11999), false);
  assert.equal(ringsAgain(10000, 12000), true);
  assert.equal(marked("You have the floor", "Monday · NEACD"), "(!) You have the floor · Monday · NEACD");
});

test("of a delegation's seats the first is offered that nobody has, else the first that can be shared", async () => {
  const { seatToOffer } = await load("door.js");
  const seat = (disabled, shared) => ({ disabled, dataset: shared ? { shared: "" } : {} });
  const [full, shared, free] = [seat(true, true), seat(false, true), seat(false, false)];
  assert.equal(seatToOffer([full, shared, free]), free);
  assert.equal(seatToOffer([full, shared]), shared);
  assert.equal(seatToOffer([full]), undefined);
});
