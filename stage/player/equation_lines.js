// The lines that an arithmetic is written on.

/**
 * @param {Element} parent
 * @param {string} name of its style
 */
function addLine(parent, name) {
  return add("div", parent, name);
}

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
   * Scroll the room of the lines so that those of some channels stand under the head, and what comes out under them. Where
   * not all have room, the last ones stand there: no line is cut by what is over and under it.
   *
   * @param {number} first channel
   * @param {number} last channel
   */
  follow(first, last) {
    const room = this.lines.parentElement;
    if (!room) return;
    const lines = this.channels.map(({ line }) => line);
    const { offsetTop, offsetHeight } = lines[last];
    const under = offsetTop + offsetHeight + this.total.offsetHeight - room.clientHeight;
    const top = lines.slice(first, last).find((line) => line.offsetTop - this.head.offsetHeight >= under) ?? lines[last];
    room.scrollTop = Math.max(top.offsetTop - this.head.offsetHeight, top === lines[last] ? under : 0);
  }

  /** Show beside the head whether more stands over the lines that are in sight: the end of a sum looks like a whole one. */
  markCut() {
    this.head.classList.toggle("cut", (this.lines.parentElement?.scrollTop ?? 0) > 0);
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
