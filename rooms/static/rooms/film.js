// The film strip on the page: marks and playhead at their places, dragging, the range for keyboard and screen reader,
// the kinds that count. It moves nothing by itself: `seek` is told an instant, `goTo` a moment.
import { axisOf, toldAt } from "./playing.js";

// An instant within the day, to the second: 14:05:09.
export function clockTime(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}

function percent(place) {
  return `${(place * 100).toFixed(2)}%`;
}

export class Film {
  constructor(section, tape, { seek, goTo, dropped }) {
    this.section = section;
    this.tape = tape;
    this.lanes = section.querySelector("#lanes");
    this.range = section.querySelector("#scrub");
    this.playhead = section.querySelector(".playhead");
    this.axis = axisOf(tape.times, tape.since, tape.until);
    this.dragging = false;
    this.place();
    this.drag(seek, dropped);
    this.range.addEventListener("input", () => goTo(Number(this.range.value)));
    section.querySelector("#film-kinds").addEventListener("change", () => this.filter());
    this.filter();
  }

  place() {
    for (const mark of this.lanes.querySelectorAll("[data-cursor]")) {
      mark.setAttribute("x", percent(this.axis.place(this.tape.times[mark.dataset.cursor - 1])));
    }
    for (const end of this.section.querySelectorAll("[data-end]")) {
      const at = this.tape[end.dataset.end];
      end.dateTime = new Date(at).toISOString();
      end.textContent = clockTime(at).slice(0, 5);
    }
    this.section.querySelector("[data-cut]").hidden = !this.axis.cut;
  }

  // The whole strip follows a finger or the mouse; the page below does not scroll meanwhile.
  drag(seek, dropped) {
    const to = (event) => {
      const { left, width } = this.lanes.getBoundingClientRect();
      seek(this.axis.instant((event.clientX - left) / width));
    };
    this.lanes.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.lanes.setPointerCapture(event.pointerId);
      this.dragging = true;
      this.range.focus({ preventScroll: true });
      to(event);
    });
    this.lanes.addEventListener("pointermove", (event) => {
      if (this.lanes.hasPointerCapture(event.pointerId)) to(event);
    });
    this.lanes.addEventListener("lostpointercapture", () => {
      this.dragging = false;
      dropped();
    });
  }

  get kinds() {
    return new Set(this.ticked.map((box) => box.value));
  }

  get ticked() {
    return [...this.section.querySelectorAll("[data-kind]")].filter((box) => box.checked);
  }

  filter() {
    const { kinds } = this;
    for (const row of this.section.querySelectorAll("[data-track]")) row.toggleAttribute("hidden", !kinds.has(row.dataset.track));
    for (const option of this.section.querySelectorAll("#mark-kind option[value]")) {
      option.disabled = option.value !== "" && !kinds.has(option.value);
    }
    const select = this.section.querySelector("#mark-kind");
    if (select.selectedOptions[0]?.disabled) select.value = "";
  }

  // What "next marker" means now: the chosen kind, or all that are ticked.
  get marked() {
    const { value } = this.section.querySelector("#mark-kind");
    return value ? new Set([value]) : this.kinds;
  }

  show(player) {
    const place = percent(this.axis.place(player.at));
    this.playhead.setAttribute("x1", place);
    this.playhead.setAttribute("x2", place);
    const mark = toldAt(this.tape.marks, player.moment);
    this.range.value = player.moment;
    this.range.setAttribute("aria-valuetext", [clockTime(player.at), mark?.[2]].filter(Boolean).join(", "));
    return mark;
  }
}
