// A text and a button that copies it.

/** @import { Component } from "./component" */

/** @param {Component<{ label: string, text: string }>} component */
export default function ({ parentElement, data }) {
  const field = parentElement.querySelector("textarea");
  const button = parentElement.querySelector("button");
  const name = parentElement.querySelector(".name");
  if (!field || !button || !name) throw new Error("the component has a name, a field and a button");
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
}
