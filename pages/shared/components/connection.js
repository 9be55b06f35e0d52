// While the server does not answer, one line says so, and the dialog that Streamlit would lay over the stage is closed.
// When the server is back, the page is asked for: a server that was started anew knows nothing of this page, and would
// take the first change for the opening of a link. The controls wait until that run has ended.

(() => {
  /** @type {Window & { isConnectionWatched?: boolean }} */
  const page = window;
  if (page.isConnectionWatched) return; // the script is mounted at every run of the page, and watches once
  page.isConnectionWatched = true;

  const SENTENCE = "No connection to the server. The stage goes on playing; the controls wait until it is back.";
  const PATIENCE = 1000; // ms: a server that is back by then was hardly away
  const LONGEST_RUN = 30_000; // ms: after that the controls wait no longer
  const [CONNECTION, SCRIPT] = ["data-test-connection-state", "data-test-script-state"];
  const CONTROLS = "[data-testid=stSidebar], [data-testid=stMain] [data-testid=stElementContainer]:not(:has(.stage-root))";
  const app = document.querySelector("[data-testid=stApp]");
  if (!app) return;
  const line = document.createElement("div");
  line.className = "no-connection";
  line.setAttribute("role", "status"); // in the page before it says anything, or no screen reader hears of it
  document.body.append(line);
  /** @type {"here" | "away" | "returning"} */
  let server = "here";
  let [waiting, ending] = [0, 0];
  let isAsking = false;
  /** @type {Element[]} */
  let held = [];

  /** Close Streamlit's own dialog about the connection. Those of the page stay. */
  function closeDialog() {
    for (const dialog of document.querySelectorAll("[data-testid=stDialog]")) {
      if (!dialog.querySelector("[data-testid=stVerticalBlock]")) dialog.querySelector("button")?.click();
    }
  }
  const dialogs = new MutationObserver(closeDialog);

  function leave() {
    server = "away";
    document.documentElement.classList.add("disconnected");
    held = [...document.querySelectorAll(CONTROLS)].filter((one) => !one.hasAttribute("inert"));
    for (const one of held) one.setAttribute("inert", "");
    waiting = window.setTimeout(() => (line.textContent = SENTENCE), PATIENCE);
    dialogs.observe(document.body, { childList: true, subtree: true });
  }

  /** The page's link, with what was changed just before the connection was lost: the server has never heard of it. */
  function withUnheard() {
    const link = new URLSearchParams(location.search);
    /** @type {HTMLElement | null} */
    const stage = document.querySelector(".stage-root");
    for (const [parameter, value] of new URLSearchParams(stage?.dataset.unheard)) link.set(parameter, value);
    return link;
  }

  /** Let Streamlit run the page, as a step through the history does: it heeds one where the address has no fragment. */
  function askForRun() {
    server = "returning";
    const { href, pathname } = location;
    isAsking = true;
    history.replaceState(history.state, "", `${pathname}?${withUnheard()}`);
    window.dispatchEvent(new PopStateEvent("popstate"));
    history.replaceState(history.state, "", href);
    isAsking = false;
    ending = window.setTimeout(comeBack, LONGEST_RUN);
  }

  function comeBack() {
    server = "here";
    clearTimeout(ending);
    document.documentElement.classList.remove("disconnected");
    for (const one of held) one.removeAttribute("inert");
    clearTimeout(waiting);
    line.textContent = "";
    dialogs.disconnect();
  }

  // Streamlit listens since before, the player since later: it would go to the first step.
  window.addEventListener("popstate", (event) => isAsking && event.stopImmediatePropagation());
  new MutationObserver((changes) => {
    const isConnected = app.getAttribute(CONNECTION) === "CONNECTED";
    const hasRun = changes.some((change) => change.attributeName === SCRIPT && change.oldValue === "running");
    if (!isConnected && server === "here") leave();
    else if (!isConnected) server = "away";
    else if (server === "away") askForRun();
    else if (server === "returning" && hasRun && app.getAttribute(SCRIPT) === "notRunning") comeBack();
  }).observe(app, { attributes: true, attributeFilter: [CONNECTION, SCRIPT], attributeOldValue: true });
})();
