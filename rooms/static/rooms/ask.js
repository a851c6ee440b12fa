// What would surprise people asks once, in words: a form with data-once waits for a yes before it is sent.
const agreed = new WeakSet();

function ask(form, submitter, dialog) {
  dialog.querySelector("p").textContent = form.dataset.once;
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
    if (!form.dataset.once || !dialog || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter, dialog);
  }, true);
}
