// Where the keys go: a clicked button keeps no focus, so that keys play; Escape in a number field undoes what was typed.

(() => {
  /** @type {Window & { isFocusKept?: boolean }} */
  const page = window;
  if (page.isFocusKept) return; // the script is mounted at every run of the page, and listens once
  page.isFocusKept = true;

  const PRESSED = "button, summary, a, [role=tab], [role=radio], [role=switch], input[type=radio], input[type=checkbox]";
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
    if (!(active instanceof HTMLElement) || active.closest("dialog, [role=dialog]")) return;
    const isClosedList = active.matches("[role=combobox][aria-expanded=false]");
    if (active.matches(PRESSED) || isClosedList) active.blur();
  }

  document.addEventListener("click", ({ target, detail }) => {
    const isOfPointer = detail > 0; // a key that presses a button is a click too, without a count
    const isPressed = target instanceof Element && target.closest(`${PRESSED}, label, [role=option]`);
    if (isOfPointer && isPressed) setTimeout(release, 50); // the list that was chosen from takes the focus back first
  }, true);

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
