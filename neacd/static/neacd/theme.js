/* Light, dark or as the system says. Loaded in the head without defer, so that the first paint already has the
   chosen theme. The switch is any set of radio buttons named "theme"; the choice stays in this browser only. */
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
