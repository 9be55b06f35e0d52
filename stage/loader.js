// What Streamlit is sent of the stage's script: it fetches the player, which a browser keeps, and lets it show what has
// come. After the first picture it fetches plotly.js, which is as large as all the rest of a page.

/** @import { Send } from "./player/types" */
/** @import { Message } from "./player/wire" */

/**
 * @typedef {object} Component
 * @property {HTMLElement} parentElement
 * @property {Message & Files} data
 * @property {Send} setTriggerValue
 */

/** @typedef {{ player: string, plotly: string }} Files where the scripts lie below the address of the app */

/** @param {string} path */
const below = (path) => new URL(path, window.__streamlit?.BACKEND_BASE_URL ?? location.href).href;

let isPlotlyAsked = false;

/** @param {Component} component */
export default async function (component) {
  const { data, parentElement } = component;
  const { default: show } = await import(below(data.player));
  const leave = show(component);
  if (!isPlotlyAsked) {
    isPlotlyAsked = true;
    // two frames on, the picture has been painted
    requestAnimationFrame(() => requestAnimationFrame(() => fetchPlotly(below(data.plotly), parentElement)));
  }
  return leave;
}

/**
 * Fetch the script of Streamlit's charts, which publishes plotly.js as `window.Plotly`, after all that is asked for
 * meanwhile.
 *
 * @param {string} address
 * @param {HTMLElement} place
 */
function fetchPlotly(address, place) {
  const link = document.createElement("link");
  Object.assign(link, { rel: "modulepreload", href: address, crossOrigin: "", fetchPriority: "low" });
  link.onload = () => whenStill(place, () => import(address));
  link.onerror = () => (isPlotlyAsked = false); // the stage has its own picture; the next run asks again
  document.head.append(link);
}

/**
 * Do `then` once the stage stands still: while plotly.js starts, nothing moves.
 *
 * @param {HTMLElement} place
 * @param {() => void} then
 */
function whenStill(place, then) {
  if (place.querySelector('.stage-root[data-state="playing"]')) setTimeout(() => whenStill(place, then), 200);
  else then();
}
