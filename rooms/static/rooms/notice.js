// One sentence to the person at this screen: a refusal, or that the line is down. A live region reads it out.
const LONG_ENOUGH = 12000; // ms; a refusal has a way out in it, and one needs time to read it
let timer;

export function showNotice(sentence, refused = false) {
  const place = document.getElementById("notice");
  if (!place) return;
  clearTimeout(timer);
  place.textContent = sentence;
  place.classList.toggle("is-refused", refused);
  place.hidden = !sentence;
  if (sentence) timer = setTimeout(() => showNotice(""), LONG_ENOUGH);
}
