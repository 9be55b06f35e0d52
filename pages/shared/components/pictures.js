// The buttons that take pictures away: the stage on the page puts them here, and draws what they ask for.

/** @import { Component } from "./component" */

/** @param {Component<{ name: string, title: string }>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".stage-pictures");
  /** @param {{ frames: string[], speed: number }} film */
  const sendFrames = (film) => setTriggerValue("frames", film);
  document.dispatchEvent(new CustomEvent("stage-pictures", { detail: { place, sendFrames, ...data } }));
}
