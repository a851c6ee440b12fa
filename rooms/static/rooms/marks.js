// The words of a paragraph as a text of their own: without the square brackets that are drawn between them. And how the
// arrow keys mark words in it: right and left go word by word, with shift they take more or fewer; enter takes them.

// The chosen words, trimmed, and how often they have begun in the text up to there, overlapping ones counted, from 1.
export function quoteOf(text, start, end) {
  const words = text.slice(start, end);
  const quote = words.trim();
  const at = start + words.indexOf(quote);
  let occurrence = 0;
  for (let place = text.indexOf(quote); quote && place >= 0 && place <= at; place = text.indexOf(quote, place + 1)) {
    occurrence += 1;
  }
  return { quote, occurrence };
}

function nodesOf(words) {
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".brk") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

// How many characters of the text stand before a point of the page.
function offsetOf(nodes, container, offset) {
  const point = document.createRange();
  point.setStart(container, offset);
  let count = 0;
  for (const node of nodes) {
    if (node === container) return count + offset;
    if (point.comparePoint(node, 0) >= 0) return count;
    count += node.data.length;
  }
  return count;
}

export function textOf(words, range) {
  const nodes = nodesOf(words);
  return {
    text: nodes.map((node) => node.data).join(""),
    start: offsetOf(nodes, range.startContainer, range.startOffset),
    end: offsetOf(nodes, range.endContainer, range.endOffset),
  };
}

function firstWord(words) {
  const [first] = nodesOf(words);
  const selection = document.getSelection();
  selection.collapse(first, 0);
  selection.modify("extend", "forward", "word");
}

function step(selection, forward, more) {
  const way = forward ? "forward" : "backward";
  if (more) {
    selection.modify("extend", way, "word");
    return;
  }
  if (forward) selection.collapseToEnd();
  else selection.collapseToStart();
  selection.modify("move", way, "word");
  if (forward) selection.modify("move", "backward", "word");
  selection.modify("extend", "forward", "word");
}

export function startMarks(body, take) {
  const show = () => {
    for (const button of body.querySelectorAll("[data-choose][hidden]")) button.hidden = false;
  };
  show();
  body.addEventListener("htmx:after:swap", show);
  body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose]");
    const words = button && document.getElementById(`words-${button.dataset.choose}`);
    if (!words) return;
    words.focus();
    firstWord(words);
  });
  body.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("[data-words]")) return;
    if (event.key === "Enter") take();
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      step(document.getSelection(), event.key === "ArrowRight", event.shiftKey);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
