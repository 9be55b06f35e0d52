// The buttons that take pictures away: the stage on the page puts them here, and draws what they ask for.

export default function ({ parentElement, data, setTriggerValue }) {
  const place = parentElement.querySelector(".stage-pictures");
  const sendFrames = (frames) => setTriggerValue("frames", frames);
  document.dispatchEvent(new CustomEvent("stage-pictures", { detail: { place, sendFrames, ...data } }));
}
