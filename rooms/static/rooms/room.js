// The room's page: what its parts are. Each module does one thing; none makes HTML, none knows a rule.
import { startAhead } from "./ahead.js";
import { startAsides } from "./asides.js";
import { startAsking } from "./ask.js";
import { startClocks } from "./clock.js";
import { keepDrafts } from "./drafts.js";
import { startKeys } from "./keys.js";
import { startLine } from "./line.js";
import { startPalette } from "./palette.js";
import { startParts } from "./parts.js";
import { startReordering } from "./reorder.js";
import { startTabs } from "./tabs.js";
import { startUnread } from "./unread.js";
import { startVoices } from "./voices.js";

startLine(document.body);
startAsking();
startClocks(document.body);
startAhead(document.body);
startKeys();
startPalette(document.body);
startTabs(document.body);
startParts(document.body);
startAsides(document.body);
startUnread(document.body);
startReordering(document.body);
startVoices(document.body);
keepDrafts(document.body);
