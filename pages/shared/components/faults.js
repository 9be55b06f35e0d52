// What is wrong is said under the control that caused it: a reader of the screen hears that the two belong together, and
// it is scrolled to where it would be out of sight.

(() => {
  /** @type {Window & { areFaultsTold?: boolean }} */
  const page = window;
  if (page.areFaultsTold) return; // the script is mounted at every run of the page, and listens once
  page.areFaultsTold = true;

  const KEY = "st-key-fault_"; // and then the key of the control
  const PAUSE = 100; // ms in which a run of the page comes to rest
  let told = new Map(); // what is wrong, by the controls that were told so

  function find() {
    const found = new Map();
    for (const fault of document.querySelectorAll(`[class*="${KEY}"]`)) {
      const name = [...fault.classList].find((one) => one.startsWith(KEY))?.slice(KEY.length);
      const control = document.querySelector(`.st-key-${name} :is(input, textarea, [role=slider])`);
      if (control) found.set(control, fault);
    }
    return found;
  }

  function tell() {
    const found = find();
    for (const control of told.keys()) {
      if (found.has(control)) continue;
      control.setAttribute("aria-invalid", "false");
      control.removeAttribute("aria-describedby");
    }
    for (const [control, fault] of found) {
      const sentence = fault.querySelector("p");
      if (!sentence) continue;
      sentence.id = `fault-${[...found.keys()].indexOf(control)}`;
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", sentence.id);
      if (!told.has(control)) show(control, fault);
    }
    told = found;
  }

  /**
   * Scroll to what is wrong: in the settings, and under the text that has the focus.
   *
   * @param {Element} control
   * @param {Element} fault
   */
  function show(control, fault) {
    const isInSettings = fault.closest('[data-testid="stSidebar"]');
    if (isInSettings || control === document.activeElement) fault.scrollIntoView({ block: "nearest" });
  }

  let telling = 0;
  new MutationObserver((changes) => {
    if (changes.every(({ target }) => target.parentElement?.closest(".stage-root"))) return; // a step of the player
    clearTimeout(telling);
    telling = setTimeout(tell, PAUSE);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
})();
