// A button that copies a field. Without script, or where no clipboard is to be had, the field can be selected by hand.
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return false; // plain http in a classroom has no clipboard
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.focus();
    told.textContent = (await copied(field)) ? "Copied." : "Selected: copy it with your keyboard or by a long press.";
  });
}
