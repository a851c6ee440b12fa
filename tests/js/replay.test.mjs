// The player, the panels that follow it, and what one is to the chair who shows the session. Run: node --test tests/js/
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";

async function load(...names) {
  const sources = names.map((name) => readFile(new URL(`../../rooms/static/rooms/${name}`, import.meta.url), "utf8"));
  const joined = (await Promise.all(sources)).map((source) => source.replace(/^import .*$/gm, "")).join("\n");
  return import(`data:text/javascript,${encodeURIComponent(joined)}`);
}

const { Player, LONGEST } = await load("playing.js", "player.js");
const { Scenes, addressOf, wanting } = await load("scenes.js");
const { becomes } = await load("follow.js");
const { backoff, watch } = await load("shown.js");

function playerOf(times, { steps = times.map((_, n) => n + 1), moment = 1 } = {}) {
  const told = [];
  const clock = { now: 0 };
  const player = new Player({ times, steps, marks: [] }, moment, (what) => told.push(what), () => clock.now);
  return { player, told, clock };
}

test("a step goes to the next moment at which these eyes saw something", () => {
  const { player, told } = playerOf([0, 10, 20, 30, 40], { steps: [1, 3, 5] });
  player.step(1);
  assert.equal(player.moment, 3);
  assert.equal(player.at, 20);
  player.step(1);
  player.step(1);
  assert.equal(player.moment, 5);
  player.step(-1);
  assert.equal(player.moment, 3);
  player.goTo(2);
  player.step(-1);
  assert.equal(player.moment, 1);
  player.step(-1);
  assert.equal(player.moment, 1);
  assert.deepEqual(new Set(told), new Set(["moved"]));
});

test("two moments at one instant are two steps", () => {
  const { player } = playerOf([0, 10, 10, 20]);
  player.goTo(2);
  player.step(1);
  assert.equal(player.moment, 3);
  player.step(-1);
  assert.equal(player.moment, 2);
});

test("a player runs at its speed, leaps over long silences, and stops at the end", () => {
  const { player, told, clock } = playerOf([0, 1000, 1000000, 1001000]);
  player.play();
  clock.now = 500;
  player.tick();
  assert.deepEqual([player.moment, player.at], [1, 500]);
  player.pace(2);
  clock.now = 800;
  player.tick();
  assert.deepEqual([player.moment, player.at], [2, 1100]);
  assert.ok(player.silence > 900000);
  clock.now = 800 + LONGEST;
  player.tick();
  assert.equal(player.moment, 3);
  assert.equal(told.at(-1), "leapt");
  assert.equal(player.silence, 0);
  clock.now += 60000;
  player.tick();
  assert.deepEqual([player.moment, player.playing, told.at(-1)], [4, false, "paused"]);
  clock.now += 60000;
  player.tick();
  assert.equal(told.at(-1), "paused");
  player.toggle();
  assert.deepEqual([player.moment, player.playing], [1, true], "from the beginning again");
  player.toggle();
  assert.equal(player.playing, false);
});

test("who follows is where the chair is, in their own record, and does not run by themselves", () => {
  const { player, told, clock } = playerOf([0, 1000, 5000]);
  player.follow(1500, true, 30);
  assert.deepEqual([player.moment, player.at, player.speed, player.playing], [2, 1500, 30, false]);
  clock.now = 100000;
  player.tick();
  assert.deepEqual(told, ["followed"]);
  player.follow(9e12, true, 30);
  assert.deepEqual([player.moment, player.at], [3, 5000]);
});

test("what is asked for is the wish, then its neighbours, never what is kept or beyond the record", () => {
  assert.equal(wanting(5, new Map(), 9), 5);
  assert.equal(wanting(5, new Map([[5, {}]]), 9), 6);
  assert.equal(wanting(5, new Map([[5, {}], [6, {}]]), 9), 4);
  assert.equal(wanting(9, new Map([[9, {}]]), 9), 8);
  assert.equal(wanting(1, new Map([[1, {}]]), 1), 0);
});

test("a moment's address keeps whose eyes it is seen through", () => {
  assert.equal(addressOf("/rooms/X/p-1/at/0/panels/?from=JPN-MFA", 17), "/rooms/X/p-1/at/17/panels/?from=JPN-MFA");
});

test("one request is under way at a time, a jump gives up the old one, and the newest wish is shown", async () => {
  const asked = [];
  const get = (url, signal) => new Promise((answer, fail) => {
    asked.push({ url, answer: () => answer({ ok: true, json: async () => ({ panels: {} }) }) });
    signal.addEventListener("abort", () => fail(Object.assign(new Error(), { name: "AbortError" })));
  });
  const told = [];
  const scenes = new Scenes(null, "/at/0/", 1000, (what) => told.push(what), get);
  const settled = async (many) => {
    for (let n = 0; n < 200 && asked.length < many; n += 1) await new Promise((done) => { setTimeout(done, 5); });
  };
  scenes.show(10, false);
  scenes.show(500, false);
  await settled(2);
  assert.deepEqual(asked.map(({ url }) => url), ["/at/10/", "/at/500/"], "the first was given up");
  scenes.show(600, true);
  scenes.show(601, true);
  assert.equal(asked.length, 2, "while one scrubs, what is under way may arrive");
  asked[1].answer();
  await settled(3);
  assert.equal(asked[2].url, "/at/601/?have=500", "600 was passed meanwhile; what stands already need not come again");
  assert.ok(!told.includes("late"));
  asked[2].answer();
  await settled(4);
  assert.equal(asked[3].url, "/at/602/?have=601", "a neighbour, before it is wished for");
});

test("one follows, looks on one's own and comes back; a moderator leads until another does", () => {
  const open = { open: true, isMine: false, wantsToFollow: false };
  assert.equal(becomes("off", open), "shown");
  assert.equal(becomes("off", { ...open, wantsToFollow: true }), "following");
  assert.equal(becomes("following", open), "following");
  assert.equal(becomes("own", open), "own", "nobody is drawn along against their will");
  assert.equal(becomes("own", { ...open, wantsToFollow: true }), "own");
  assert.equal(becomes("leading", { ...open, isMine: true }), "leading");
  assert.equal(becomes("leading", open), "shown", "another moderator leads now");
  for (const mode of ["off", "shown", "following", "own", "leading"]) {
    assert.equal(becomes(mode, { ...open, open: false }), "off");
  }
});

test("who lost the line comes back later each time, and not all at once", () => {
  assert.equal(backoff(0, 1), 1000);
  assert.equal(backoff(3, 1), 8000);
  assert.equal(backoff(3, 0), 4000);
  assert.equal(backoff(40, 1), 30000);
});

test("who has no seat any more stops coming back, and asking", async () => {
  const lines = [];
  const intervals = new Set();
  const later = [];
  class Line {
    constructor() {
      this.on = {};
      lines.push(this);
    }
    addEventListener(name, does) {
      this.on[name] = does;
    }
  }
  const kept = { WebSocket: globalThis.WebSocket, location: globalThis.location, fetch: globalThis.fetch };
  const { setInterval: every, clearInterval: never, setTimeout: once } = globalThis;
  Object.assign(globalThis, {
    WebSocket: Line,
    location: { href: "http://room.test/" },
    fetch: async () => ({ ok: false, status: 403 }),
    setInterval: (does) => (intervals.add(does), does),
    clearInterval: (does) => intervals.delete(does),
    setTimeout: (does) => later.push(does),
  });
  try {
    watch({ show: "/show/", socket: "/ws/" }, () => {});
    lines[0].on.close({ code: 1006 }); // the line broke: it is asked, and tried again
    assert.equal(intervals.size, 1);
    await [...intervals][0](); // the answer: no seat of yours
    assert.equal(intervals.size, 0);
    for (const does of later) does();
    assert.equal(lines.length, 1);
    watch({ show: "/show/", socket: "/ws/" }, () => {});
    lines[1].on.close({ code: 4403 });
    assert.equal(intervals.size, 0);
    assert.equal(lines.length, 2);
  } finally {
    Object.assign(globalThis, kept, { setInterval: every, clearInterval: never, setTimeout: once });
  }
});
