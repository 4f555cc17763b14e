import { h, t } from "./page";

/** Fetches the current version of this page; returns undefined if the request fails. */
async function fetchThisPage(): Promise<string | undefined> {
  try {
    const response = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-cache" });
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined; // no connection
  }
}

/**
 * Shows a newly published batch without a reload: the server announces the batch, this script fetches the page
 * again and replaces the parts marked `data-live`. Without this script, a reload shows the same. True if the fetch
 * succeeds.
 */
async function refresh(): Promise<boolean> {
  const html = await fetchThisPage();
  if (html === undefined) return false;
  updatedAt = new Date();
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-live]");
  document.querySelectorAll("[data-live]").forEach((old, i) => {
    const next = fresh[i];
    if (next === undefined || next.innerHTML === old.innerHTML) return;
    const hadFocus = old.contains(document.activeElement);
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    old.replaceChildren(...next.childNodes);
    old.querySelectorAll("details").forEach((one, at) => (one.open = open[at] ?? one.open));
    if (hadFocus) old.querySelector<HTMLElement>("a, button, summary")?.focus();
  });
  announcement.textContent = document.querySelector("[data-live] .number")?.textContent.trim() ?? "";
  return true;
}

/** The text that a screen reader reads when a number changes. */
const announcement = h("p", { class: "visually-hidden", role: "status" });

/** The time at which the page last matched the server's version. */
let updatedAt = new Date();

/** Shows the time of the numbers while the connection is lost. */
class OfflineNotice {
  private readonly notice = h("p", { class: "notice offline", role: "status", "data-testid": "offline" });

  constructor(private readonly first: Element) {}

  show(): void {
    if (this.notice.isConnected) return;
    const time = updatedAt.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.first.before(this.notice); // insert first, then fill: else a screen reader does not read it
    this.notice.textContent = t("offline", { time });
  }

  hide(): void {
    this.notice.remove();
  }
}

/** The wait before a closed stream is opened again: the server restarts, or has too many listeners. */
const RECONNECT_MS = 30_000;

/** Receives the server's events about new batches while the page is shown. */
class BatchEvents {
  private events: EventSource | undefined;
  private timer = 0;

  constructor(
    private readonly address: string,
    private readonly offlineNotice: OfflineNotice,
  ) {}

  start(): void {
    this.stop();
    const events = (this.events = new EventSource(this.address));
    events.addEventListener("batch", () => void refresh());
    // fetch what was published between the page load and this connection; the response is mostly "not modified"
    events.addEventListener("open", () => void this.catchUp());
    events.addEventListener("error", () => {
      this.offlineNotice.show();
      if (events.readyState === EventSource.CLOSED) this.timer = window.setTimeout(() => this.start(), RECONNECT_MS);
    });
  }

  stop(): void {
    clearTimeout(this.timer);
    this.events?.close();
  }

  /** Removes the notice only after the numbers are new: the connection may fail again during the request. */
  private async catchUp(): Promise<void> {
    if ((await refresh()) && navigator.onLine) this.offlineNotice.hide();
  }
}

const live = document.querySelector("[data-live]");
if (live !== null) {
  document.querySelector("main")?.append(announcement);
  const offlineNotice = new OfflineNotice(live);
  const batchEvents = new BatchEvents(document.querySelector("main")?.dataset.events ?? `${location.pathname}/events`, offlineNotice);
  if (!navigator.onLine) offlineNotice.show();
  batchEvents.start();
  addEventListener("offline", () => offlineNotice.show());
  addEventListener("online", () => batchEvents.start());
  addEventListener("pagehide", () => batchEvents.stop());
  addEventListener("pageshow", (event) => event.persisted && batchEvents.start());
}
