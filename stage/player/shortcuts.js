// Whether keys of one character do anything. A person can switch them off, as those who speak or use a switch must be
// able to (WCAG 2.1.4), and the browser keeps that.

const KEPT = "convolution-visualizer.shortcuts";
/** What was chosen, where the browser keeps nothing for a frame of another page. */
let isChosen = true;

export function hasShortcuts() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return isChosen;
  }
}

/** @param {boolean} isOn */
export function setShortcuts(isOn) {
  isChosen = isOn;
  try {
    localStorage.setItem(KEPT, isOn ? "on" : "off");
  } catch {
    // then the choice holds as long as the page is open
  }
}
