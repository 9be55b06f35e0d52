// A QR code, which fills the screen when a whole room is to scan it.

/** @import { Component } from "./component" */

/** @param {Component<{ svg: string }>} component */
export default function ({ parentElement, data }) {
  const code = parentElement.querySelector(".code");
  const button = parentElement.querySelector("button");
  if (!code || !button) throw new Error("the component has a code and a button");
  code.innerHTML = data.svg; // drawn on the server from the link; it holds nothing but squares
  button.onclick = () => code.requestFullscreen();
}
