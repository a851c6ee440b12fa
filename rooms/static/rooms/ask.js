// What would surprise people asks once, in words: a form with data-once, or a button with its own, waits for a yes.
const agreed = new WeakSet();

function ask(form, submitter, words, dialog) {
  dialog.querySelector("p").textContent = words;
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    agreed.add(form);
    form.requestSubmit(submitter);
  }, { once: true });
}

export function startAsking() {
  const dialog = document.getElementById("ask");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const words = event.submitter?.dataset.once || form.dataset.once;
    if (!words || !dialog || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter, words, dialog);
  }, true);
}
