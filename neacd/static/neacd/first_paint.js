/* What must be right before anything is painted, so that nothing jumps; loaded in the head without defer.

   Light, dark or as the system says: the switch is any set of radio buttons named "theme"; the choice stays in this
   browser only. What a page shows first where it shows one of several parts: the body names it (data-first-tab,
   data-first-part, data-first-aside), and the modules that change it (tabs.js, parts.js, asides.js) come later. And
   that a page is still arriving (data-arriving): a list that is read from its end shows itself when that is there. */
(function () {
  const KEY = "neacd-theme";
  const CHOICES = ["light", "dark"];

  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be forbidden; the system's theme is then right
    }
  }

  function remember(choice) {
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // the choice then lasts as long as this page
    }
  }

  function show(choice) {
    if (CHOICES.includes(choice)) document.documentElement.dataset.theme = choice;
    else delete document.documentElement.dataset.theme;
  }

  show(remembered());

  // As soon as there is a body. An address that names a part is looked into by tabs.js.
  new MutationObserver((_, watch) => {
    if (!document.body) return;
    watch.disconnect();
    const { firstTab, firstPart, firstAside } = document.body.dataset;
    document.body.dataset.arriving = "";
    if (firstTab && location.hash.length < 2) document.body.dataset.tab = firstTab;
    if (firstPart) document.body.dataset.part = firstPart;
    if (firstAside) document.body.dataset.aside = firstAside;
  }).observe(document.documentElement, { childList: true });

  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "loading") delete document.body.dataset.arriving;
  });
  document.addEventListener("DOMContentLoaded", () => {
    const choice = CHOICES.includes(remembered()) ? remembered() : "auto";
    for (const radio of document.querySelectorAll('input[name="theme"]')) radio.checked = radio.value === choice;
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches('input[name="theme"]')) return;
    remember(target.value);
    show(target.value);
  });
})();
