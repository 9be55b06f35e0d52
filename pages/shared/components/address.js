// A page that is chosen from the list of pages is opened without a query. On a slow line the last page's query can reach
// the address after that choice, and Streamlit would take it along: the new page's address would mean another layer.

(() => {
  /** @type {Window & { isAddressKept?: boolean }} */
  const page = window;
  if (page.isAddressKept) return; // the script is mounted at every run of the page, and listens once
  page.isAddressKept = true;

  const OF_A_FRAME = ["embed", "embed_options"]; // these two go along to every page
  /** The path of the page that was chosen last, until the address says it. @type {string | null} */
  let chosen = null;

  document.addEventListener(
    "click",
    ({ target }) => {
      const pressed = target instanceof Element ? target.closest("a, button") : null;
      if (!pressed) return;
      chosen = pressed instanceof HTMLAnchorElement && pressed.href && !pressed.search ? pressed.pathname : null;
    },
    true,
  );

  const push = history.pushState.bind(history);
  history.pushState = (state, unused, address) => {
    const to = new URL(address ?? "", location.href);
    if (to.pathname !== location.pathname && to.pathname === chosen) {
      for (const name of [...to.searchParams.keys()]) if (!OF_A_FRAME.includes(name)) to.searchParams.delete(name);
      chosen = null;
    }
    push(state, unused, to);
  };
})();
