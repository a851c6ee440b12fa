// The room's page: what its parts are. Each module does one thing; none makes HTML, none knows a rule.
import { startAsking } from "./ask.js";
import { startClocks } from "./clock.js";
import { keepDrafts } from "./drafts.js";
import { startKeys } from "./keys.js";
import { startLine } from "./line.js";
import { startTabs } from "./tabs.js";

startLine(document.body);
startAsking();
startClocks(document.body);
startKeys();
startTabs(document.body);
keepDrafts(document.body);
