// A text and a button that copies it; a link can be handed to the system's own share sheet, too.

/** @import { Component } from "./component" */

/** @param {Component<{ label: string, text: string, title: string }>} component */
export default function ({ parentElement, data }) {
  const field = parentElement.querySelector("textarea");
  /** @type {HTMLButtonElement | null} */
  const button = parentElement.querySelector(".copy");
  /** @type {HTMLButtonElement | null} */
  const send = parentElement.querySelector(".send");
  const name = parentElement.querySelector(".name");
  if (!field || !button || !send || !name) throw new Error("the component has a name, a field and two buttons");
  name.textContent = data.label;
  field.value = data.text;
  field.classList.toggle("long", data.text.length > 80);
  button.setAttribute("aria-label", `Copy: ${data.label}`);
  button.textContent = "Copy";
  button.onclick = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(data.text);
    } catch {
      document.execCommand("copy"); // a page that came over plain http has no clipboard of its own
    }
    button.textContent = "Copied";
  };
  send.hidden = !data.title || !("share" in navigator);
  send.setAttribute("aria-label", `Send: ${data.label}`);
  send.onclick = () => navigator.share({ title: data.title, url: data.text }).catch(() => {}); // who changes their mind sends nothing
}
