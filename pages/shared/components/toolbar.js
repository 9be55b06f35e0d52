// The buttons of a page with a stage. Presenting is the stage's own business; the others go to the server.

export default function ({ parentElement, setTriggerValue }) {
  for (const button of parentElement.querySelectorAll("[data-action]")) {
    const { action } = button.dataset;
    button.onclick = () => {
      // the stage hears of it first: it writes what its player shows into the address at once
      document.dispatchEvent(new CustomEvent(`stage-${action}`));
      if (action !== "present") setTriggerValue(action, location.hash || "#");
    };
  }
}
