// The lines that an arithmetic is written on.

/**
 * @param {Element} parent
 * @param {string} name of its style
 */
export function addLine(parent, name) {
  return add("div", parent, name);
}

/** The line of one channel: its name, what is done, what is done now, and what is to come or has come out. */
export class ChannelLine {
  /** @param {Element} parent */
  constructor(parent) {
    this.line = addLine(parent, "equation-channel");
    this.name = add("span", this.line, "name");
    this.before = add("span", this.line, "before");
    this.now = add("span", this.line, "now");
    this.after = add("span", this.line, "after");
  }
}

/**
 * All that stands on the lines as one sentence, for a screen reader.
 *
 * @param {Element} lines
 */
export function asSentence(lines) {
  return Array.from(lines.children, (line) => line.textContent)
    .filter(Boolean)
    .join(". ");
}

/**
 * @template {"div" | "span"} Tag
 * @param {Tag} tag
 * @param {Element} parent
 * @param {string} name of its style
 */
function add(tag, parent, name) {
  const element = document.createElement(tag);
  element.className = name;
  parent.append(element);
  return element;
}
