// Hears that the page has changed its theme: the system has, or somebody chose another in the page's menu.

export class ThemeChanges {
  /**
   * @param {Element} place that of the stage: what is around it says its colours
   * @param {() => void} changed
   */
  constructor(place, changed) {
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.onChange = () => requestAnimationFrame(changed); // once the page has its new colours
    this.scheme.addEventListener("change", this.onChange);
    // another theme is other classes on the elements of the page
    this.classes = new MutationObserver(this.onChange);
    for (let around = place.parentElement; around; around = around.parentElement) {
      this.classes.observe(around, { attributeFilter: ["class", "style"] });
    }
  }

  destroy() {
    this.scheme.removeEventListener("change", this.onChange);
    this.classes.disconnect();
  }
}
