// What lives in elements of the page: from when they are first shown until they have left the document.

/** @template {{ destroy(): void }} Life */
export class Mounted {
  constructor() {
    /** @type {WeakMap<Element, Life>} */
    this.lives = new WeakMap();
    /** Each element as it was before anything lived in it. @type {WeakMap<Element, Element>} */
    this.untouched = new WeakMap();
  }

  /**
   * What lives in an element, and what Streamlit is to call afterwards.
   *
   * A busy browser takes an element out of the document and puts it back: what lived there has ended meanwhile, and has
   * left parts moved and listeners behind. The next one begins in a copy of what the element was.
   *
   * @template {Element} Root
   * @param {Root} root
   * @param {(root: Root) => Life} begin
   */
  at(root, begin) {
    const now = this.lives.has(root) ? root : this.fresh(root);
    const life = this.lives.get(now) ?? begin(now);
    this.lives.set(now, life);
    return { life, leave: () => void setTimeout(() => this.end(now)) };
  }

  /**
   * An element as it was before anything lived in it.
   *
   * @template {Element} Root
   * @param {Root} root
   */
  fresh(root) {
    const before = this.untouched.get(root);
    const fresh = before ? copy(/** @type {Root} */ (before)) : root;
    if (before) root.replaceWith(fresh);
    this.untouched.set(fresh, before ?? copy(root));
    return fresh;
  }

  /**
   * End what lives in an element that has left the document: Streamlit cleans up before every new run, too.
   *
   * @param {Element} root
   */
  end(root) {
    if (root.isConnected) return;
    this.lives.get(root)?.destroy();
    this.lives.delete(root);
  }
}

/**
 * @template {Element} Root
 * @param {Root} root
 */
function copy(root) {
  return /** @type {Root} */ (root.cloneNode(true));
}
