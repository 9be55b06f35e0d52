// Begins a download as soon as its button is there, once for each file; the button stays, for whoever wants it again.

const PATIENCE = 600; // frames of the screen

/** @param {import("./component").Component<{ button: string, file: number }>} component */
export default function ({ data }) {
  /** @type {Window & { savedFiles?: Record<string, number> }} */
  const page = window;
  page.savedFiles ??= {};
  if (page.savedFiles[data.button] === data.file) return;
  page.savedFiles[data.button] = data.file;
  /** @param {number} left */
  const press = (left) => {
    const button = document.querySelector(data.button);
    if (button instanceof HTMLElement) button.click();
    else if (left) requestAnimationFrame(() => press(left - 1));
  };
  press(PATIENCE);
}
