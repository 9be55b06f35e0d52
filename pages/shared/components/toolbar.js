// The buttons of a page with a stage. Presenting is the stage's own business; the others go to the server.

/** @import { Component } from "./component" */

/** @param {Component<unknown>} component */
export default function ({ parentElement, setTriggerValue }) {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = parentElement.querySelectorAll("button[data-action]");
  for (const button of buttons) {
    const action = button.dataset.action ?? "";
    button.onclick = ({ detail: clicks }) => {
      // the stage hears of it first: it writes what its player shows into the address at once; a key is no click
      document.dispatchEvent(new CustomEvent(`stage-${action}`, { detail: clicks ? null : button }));
      if (action !== "present") setTriggerValue(action, location.hash || "#");
    };
  }
}
