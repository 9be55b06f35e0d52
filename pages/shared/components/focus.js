// Where the keys go: a clicked button keeps no focus, so that keys play; Escape in a number field undoes what was typed;
// what opened a dialog by a key has the focus again once the dialog is closed.

(() => {
  /** @type {Window & { isFocusKept?: boolean }} */
  const page = window;
  if (page.isFocusKept) return; // the script is mounted at every run of the page, and listens once
  page.isFocusKept = true;

  const PRESSED = "button, summary, a, [role=tab], [role=radio], [role=switch], input[type=radio], input[type=checkbox]";
  const DIALOG = "dialog, [role=dialog]";
  /** What the number field with the focus held before it was typed in. @type {string | null} */
  let committed = null;

  /**
   * @param {EventTarget | null} target
   * @returns {target is HTMLInputElement}
   */
  const isNumberField = (target) => target instanceof HTMLInputElement && target.type === "number";

  /** Take the focus off what was clicked. A field is typed in, a dialog keeps its own focus, an open list takes keys. */
  function release() {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || active.closest(DIALOG)) return;
    const isClosedList = active.matches("[role=combobox][aria-expanded=false]");
    if (active.matches(PRESSED) || isClosedList) active.blur();
  }

  document.addEventListener("click", ({ target, detail }) => {
    const isOfPointer = detail > 0; // a key that presses a button is a click too, without a count
    const isPressed = target instanceof Element && target.closest(`${PRESSED}, label, [role=option]`);
    if (isOfPointer && isPressed) setTimeout(release, 50); // the list that was chosen from takes the focus back first
  }, true);

  const PATIENCE = 120; // frames of the screen that a dialog takes to close
  /** What a key pressed last outside a dialog: where the focus goes when the dialog that it opened is closed. @type {HTMLElement | null} */
  let opener = null;
  document.addEventListener("click", (event) => {
    const [pressed] = event.composedPath(); // also of what stands in a shadow root
    if (!(pressed instanceof HTMLElement)) return;
    if (pressed.closest(DIALOG)) giveBack(PATIENCE);
    else opener = event.detail === 0 ? pressed : null;
  }, true);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && document.querySelector(DIALOG)) giveBack(PATIENCE);
  }, true);

  /**
   * Give the focus back once there is no dialog any more, unless something else has it.
   *
   * @param {number} left
   */
  function giveBack(left) {
    if (document.querySelector("[role=dialog]")) {
      if (left) requestAnimationFrame(() => giveBack(left - 1));
    } else if (opener?.isConnected && document.activeElement === document.body) {
      opener.focus({ preventScroll: true });
    }
  }

  document.addEventListener("focusin", ({ target }) => {
    if (isNumberField(target)) committed = target.value;
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!isNumberField(field)) return;
    if (["Enter", "ArrowUp", "ArrowDown"].includes(event.key)) requestAnimationFrame(() => (committed = field.value));
    if (event.key !== "Escape") return;
    event.stopImmediatePropagation(); // the field would empty itself
    if (committed !== null && field.value !== committed) {
      // React hears of a value only where it was set behind its back
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, committed);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.blur();
  }, true);
})();
