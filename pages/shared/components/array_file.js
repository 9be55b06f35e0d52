// A file that is read in the browser, where it stays but for what is small enough to be asked about: no server takes uploads.

/** @import { Component } from "./component" */

/** @typedef {{ label: string, too_large: string, most: number }} Data */

/** @param {Component<Data>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const [name, field, problem] = ["name", "input", "p"].map((one) => parentElement.querySelector(one === "name" ? ".name" : one));
  if (!name || !(field instanceof HTMLInputElement) || !problem) throw new Error("the component has a name, a field and a line");
  name.textContent = data.label;
  field.onchange = async () => {
    const [file] = field.files ?? [];
    problem.textContent = file && file.size > data.most ? data.too_large : "";
    if (!file || file.size > data.most) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    setTriggerValue("file", btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
  };
}
