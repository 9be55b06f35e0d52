// A QR code, which fills the screen when a whole room is to scan it.

export default function ({ parentElement, data }) {
  const code = parentElement.querySelector(".code");
  code.innerHTML = data.svg; // drawn on the server from the link; it holds nothing but squares
  parentElement.querySelector("button").onclick = () => code.requestFullscreen();
}
