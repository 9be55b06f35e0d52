// Where the keys go: what is clicked keeps no focus unless it is typed in, so that keys play; Escape in a number field
// undoes what was typed; what opened a dialog by a key has the focus again once the dialog is closed.

(() => {
  /** @type {Window & { isFocusKept?: boolean }} */
  const page = window;
  if (page.isFocusKept) return; // the script is mounted at every run of the page, and listens once
  page.isFocusKept = true;

  // main is the page that scrolls: a click anywhere on it gives it the focus, and Tab does so for keys that scroll
  const PRESSED =
    "main, button, summary, a, [role=tab], [role=radio], [role=switch], input[type=radio], input[type=checkbox]";
  const DIALOG = "dialog, [role=dialog]";
  /** What the number field with the focus held before it was typed in. @type {string | null} */
  let committed = null;

  /**
   * @param {EventTarget | null} target
   * @returns {target is HTMLInputElement}
   */
  const isNumberField = (target) => target instanceof HTMLInputElement && target.type === "number";

  /**
   * Take the focus off what was clicked. A field is typed in, a dialog keeps its own focus, an open list takes keys; one
   * that was chosen from is closed in a moment. A list that is clicked may open late, and keeps the focus for it.
   *
   * @param {number} left frames of the screen to wait for that
   */
  function release(left) {
    let active = document.activeElement;
    if (active?.closest(DIALOG)) return;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!(active instanceof HTMLElement)) return;
    if (left && active.matches("[role=combobox][aria-expanded=true]")) requestAnimationFrame(() => release(left - 1));
    else if (active.matches(`${PRESSED}, [role=combobox][aria-expanded=false]`)) active.blur();
  }

  const PATIENCE = 120; // frames of the screen that a list or a dialog takes to close
  document.addEventListener("click", ({ target, detail }) => {
    const isOfPointer = detail > 0; // a key that presses a button is a click too, without a count
    if (!isOfPointer || !(target instanceof Element) || target.closest(":has(> [role=combobox])")) return;
    setTimeout(release, 50, target.closest("[role=option]") ? PATIENCE : 0);
  }, true);

  const LINE = 40; // pixels that an arrow scrolls
  /** How far a key scrolls, given the height of what scrolls. @type {{ [key: string]: (height: number) => number }} */
  const SCROLLS = {
    ArrowUp: () => -LINE,
    ArrowDown: () => LINE,
    PageUp: (height) => -0.9 * height,
    PageDown: (height) => 0.9 * height,
    " ": (height) => 0.9 * height,
    Home: () => -Infinity,
    End: () => Infinity,
  };
  // from the list of pages keys scroll the page, which the browser does not know to be what scrolls there
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!(target instanceof Element) || !target.closest("header") || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = document.querySelector("main");
    if (!page || !SCROLLS[key] || (key === " " && target.closest("button"))) return;
    page.scrollBy({ top: Math.max(-page.scrollHeight, Math.min(page.scrollHeight, SCROLLS[key](page.clientHeight))) });
    event.preventDefault();
  });

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
