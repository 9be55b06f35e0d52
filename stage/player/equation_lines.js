// The lines that an arithmetic is written on.

/**
 * @param {Element} parent
 * @param {string} name of its style
 */
function addLine(parent, name) {
  return add("div", parent, name);
}

const EDGE = 8; // pixels between the last line and the edge of its room

/** The line of one channel: its name, what is done, what is done now, and what is to come or has come out. */
class ChannelLine {
  /** @param {Element} parent */
  constructor(parent) {
    this.line = addLine(parent, "equation-channel");
    this.name = add("span", this.line, "name");
    this.before = add("span", this.line, "before");
    this.now = add("span", this.line, "now");
    this.after = add("span", this.line, "after");
  }
}

/** The lines of an arithmetic: what it is of, a line for each channel, and what comes out. */
export class EquationLines {
  /**
   * @param {HTMLElement} lines to write on
   * @param {number} channels
   */
  constructor(lines, channels) {
    this.lines = lines;
    this.head = addLine(lines, "equation-head");
    this.channels = Array.from({ length: channels }, () => new ChannelLine(lines));
    this.total = addLine(lines, "equation-total");
  }

  /**
   * Scroll the room of the lines to a channel's, so that what comes out of it is in sight too.
   *
   * @param {number} channel
   */
  follow(channel) {
    const room = this.lines.parentElement;
    if (!room) return;
    const { line } = this.channels[channel];
    const above = line.offsetTop - this.head.offsetHeight;
    const below = line.offsetTop + line.offsetHeight + this.total.offsetHeight - room.clientHeight + EDGE;
    if (below > room.scrollTop) room.scrollTop = below;
    else if (above < room.scrollTop) room.scrollTop = above;
  }

  /** The whole arithmetic as one sentence, for a screen reader. */
  spoken() {
    return Array.from(this.lines.children, (line) => line.textContent)
      .filter(Boolean)
      .join(". ");
  }
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
