// What the chair shows of a recorded session, heard over a socket; where none gets through, asked for every few seconds.
// Nothing is said on it but that one is still there.
const STILL_HERE = 15000; // ms between two pings; each is answered with what is shown, so that no lost word stays lost
const ASK_AGAIN = 5000;
const FARTHEST = 30000; // ms between two attempts at most
const NOT_YOURS = 4403; // no seat of yours: do not come back
const FORBIDDEN = 403; // the same, where no socket gets through

// How long to wait before the n-th attempt, counted from 0: longer each time, and not all at once.
export function backoff(n, chance = Math.random()) {
  return Math.min(FARTHEST, 1000 * 2 ** n) * (0.5 + chance / 2);
}

// Whether it is worth to ask again.
async function ask(address, heard) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) heard(await answer.json());
    return answer.status !== FORBIDDEN;
  } catch {
    return true; // no answer is no news
  }
}

export function watch({ show, socket }, heard) {
  let attempts = 0;
  let asking;
  let over = false; // the seat was given anew, removed or forgotten: nothing more will ever be heard
  const end = () => {
    over = true;
    clearInterval(asking);
  };
  const askAgain = async () => {
    if (!(await ask(show, heard))) end();
  };
  const open = () => {
    if (over) return;
    const line = new WebSocket(new URL(socket, location.href.replace(/^http/, "ws")));
    let pinging;
    line.addEventListener("open", () => {
      pinging = setInterval(() => line.send("ping"), STILL_HERE);
    });
    line.addEventListener("message", (event) => {
      attempts = 0;
      clearInterval(asking); // it is up when something was heard: a proxy may open a socket and let nothing through
      asking = undefined;
      heard(JSON.parse(event.data));
    });
    line.addEventListener("close", ({ code }) => {
      clearInterval(pinging);
      if (code === NOT_YOURS) end();
      if (over) return;
      asking ??= setInterval(askAgain, ASK_AGAIN);
      setTimeout(open, backoff(attempts));
      attempts += 1;
    });
  };
  open();
}
