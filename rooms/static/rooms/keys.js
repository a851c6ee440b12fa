// One key for what is done most: a control with data-key is pressed by its key; "?" shows them all.
export function mayPress(event, field) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  return !field || !field.matches("input:not([type=button],[type=submit],[type=checkbox],[type=radio]),textarea,select");
}

function press(control) {
  if (control.matches("textarea,input,select")) control.focus();
  else control.click();
}

function shown(control) {
  return !control.disabled && control.getClientRects().length > 0;
}

export function startKeys() {
  const list = document.getElementById("keys");
  document.addEventListener("keydown", (event) => {
    if (!mayPress(event, document.activeElement) || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?" && list) {
      event.preventDefault();
      list.showModal();
      return;
    }
    const wanted = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const control = [...document.querySelectorAll(`[data-key="${CSS.escape(wanted)}"]`)].find(shown);
    if (!control) return;
    event.preventDefault();
    press(control);
  });
}
