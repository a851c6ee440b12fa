// A page that looks back: times in the reader's zone, clocks as they stood at the moment shown, keys that turn pages.
import { startClocks } from "./clock.js";
import { startKeys } from "./keys.js";

const { moment } = document.body.dataset;
for (const clock of document.querySelectorAll("time[data-ends]")) clock.dataset.pausedAt ||= moment;
startClocks(document.body);
startKeys();
