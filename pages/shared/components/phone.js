// What a phone's window is used for: the stage goes to its upper edge when the settings are opened, which are a sheet over
// the lower half, and when it begins to play, so that the arithmetic under it is in sight.

(() => {
  /** @type {Window & { isPhoneWatched?: boolean }} */
  const page = window;
  if (page.isPhoneWatched) return; // the script is mounted at every run of the page, and listens once
  page.isPhoneWatched = true;

  const [SETTINGS, PLAY] = ['[data-testid="stExpandSidebarButton"]', '.stage-root [data-control="play"]'];
  const isSmall = matchMedia("(max-width: 640px)");
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");

  /** Whether the last line of the arithmetic is under the window's lower edge. */
  function isCut() {
    const equation = document.querySelector(".stage-root .equation");
    return Boolean(equation && equation.getBoundingClientRect().bottom > innerHeight);
  }

  document.addEventListener("click", ({ target }) => {
    if (!isSmall.matches || !(target instanceof Element)) return;
    const isOpened = target.closest(SETTINGS);
    if (!isOpened && !(target.closest(PLAY) && isCut())) return;
    const behavior = isStill.matches || isOpened ? "auto" : "smooth";
    requestAnimationFrame(() => document.querySelector(".stage-root")?.scrollIntoView({ behavior }));
  });
})();
