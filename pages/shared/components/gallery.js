// The gallery: a card for every preset, found by words as they are typed. A card is a link; a plain click on it goes there
// without loading the app anew, as Back and Forward do.

function element(name, className, parent, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  parent.append(made);
  return made;
}

function link(made, href) {
  made.href = href;
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab or window
    event.preventDefault();
    history.pushState({}, "", made.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });
}

function makeCard(parent, { link: href, title, sentence, picture }) {
  const card = element("a", "card", parent);
  link(card, href);
  const room = element("div", "picture", card);
  if (picture) room.innerHTML = picture; // drawn on the server: squares and frames
  else element("span", "none", room, "no layer: the page says why");
  element("div", "title", card, title);
  element("div", "sentence", card, sentence);
  return { card, words: `${title} ${sentence}`.toLowerCase() };
}

function makeSection(parent, { page, name, cards }) {
  const section = element("section", "", parent);
  link(element("a", "", element("h2", "", section), name), page);
  const grid = element("div", "cards", section);
  const made = cards.map((card) => makeCard(grid, card));
  return { section, name: name.toLowerCase(), cards: made };
}

function show(root, sections, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { section, name, cards } of sections) {
    let here = 0;
    for (const { card, words: said } of cards) {
      card.hidden = !words.every((word) => said.includes(word) || name.includes(word));
      here += card.hidden ? 0 : 1;
    }
    section.hidden = here === 0;
    found += here;
  }
  const cards = found === 1 ? "1 preset" : `${found} presets`;
  root.querySelector(".found").textContent = found ? cards : "No preset has all of these words; try fewer.";
}

export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".gallery");
  const input = root.querySelector("input");
  const style = document.createElement("style");
  style.textContent = data.css;
  root.append(style);
  const room = root.querySelector(".sections");
  room.replaceChildren();
  const sections = data.sections.map((section) => makeSection(room, section));
  input.oninput = () => show(root, sections, input.value);
  show(root, sections, input.value);
  return () => style.remove();
}
