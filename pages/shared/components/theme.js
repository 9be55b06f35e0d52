// Streamlit keeps the theme that somebody chose for the one address at which the page was loaded: here for all pages of
// the app, because a link from one to another loads it anew.

(() => {
  /** @type {Window & { isThemeKept?: boolean }} */
  const page = window;
  if (page.isThemeKept) return; // the script is mounted at every run of the page, and listens once
  page.isThemeKept = true;

  const loaded = location.pathname;
  const CHOICES = '[data-testid^="stMainMenuItem-theme-"]';
  const LINKS = '[data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"]';

  function keepForAll() {
    const start = "stActiveTheme-";
    const key = Object.keys(localStorage).find((one) => one.startsWith(`${start}${loaded}-v`));
    const chosen = key && localStorage.getItem(key);
    if (!chosen) return;
    for (const link of document.querySelectorAll(LINKS)) {
      if (link instanceof HTMLAnchorElement) localStorage.setItem(key.replace(start + loaded, start + link.pathname), chosen);
    }
  }

  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest(CHOICES)) setTimeout(keepForAll, 100); // once Streamlit has kept it
  });
})();
