import { h, t } from "./page";

/** Fetches the current version of this page; returns undefined if the request fails. */
async function asked(): Promise<string | undefined> {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-cache" });
    return answer.ok ? await answer.text() : undefined;
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
  const html = await asked();
  if (html === undefined) return false;
  asOf = new Date();
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-live]");
  document.querySelectorAll("[data-live]").forEach((old, i) => {
    const next = fresh[i];
    if (next === undefined || next.innerHTML === old.innerHTML) return;
    const had = old.contains(document.activeElement);
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    old.replaceChildren(...next.childNodes);
    old.querySelectorAll("details").forEach((one, at) => (one.open = open[at] ?? one.open));
    if (had) old.querySelector<HTMLElement>("a, button, summary")?.focus();
  });
  said.textContent = document.querySelector("[data-live] .number")?.textContent.trim() ?? "";
  return true;
}

/** The text that a screen reader reads when a number changes. */
const said = h("p", { class: "visually-hidden", role: "status" });

/** The time at which the page last matched the server's version. */
let asOf = new Date();

/** Shows the time of the numbers while the connection is lost. */
class Connection {
  private readonly notice = h("p", { class: "notice offline", role: "status", "data-testid": "offline" });

  constructor(private readonly first: Element) {}

  lost(): void {
    if (this.notice.isConnected) return;
    const time = asOf.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.first.before(this.notice); // insert first, then fill: else a screen reader does not read it
    this.notice.textContent = t("offline", { time });
  }

  back(): void {
    this.notice.remove();
  }
}

/** The wait before a closed stream is opened again: the server restarts, or has too many listeners. */
const AGAIN_MS = 30_000;

/** Receives the server's events about new batches while the page is shown. */
class Listening {
  private events: EventSource | undefined;
  private timer = 0;

  constructor(
    private readonly address: string,
    private readonly connection: Connection,
  ) {}

  start(): void {
    this.stop();
    const events = (this.events = new EventSource(this.address));
    events.addEventListener("batch", () => void refresh());
    // fetch what was published between the page load and this connection; the response is mostly "not modified"
    events.addEventListener("open", () => void this.catchUp());
    events.addEventListener("error", () => {
      this.connection.lost();
      if (events.readyState === EventSource.CLOSED) this.timer = window.setTimeout(() => this.start(), AGAIN_MS);
    });
  }

  stop(): void {
    clearTimeout(this.timer);
    this.events?.close();
  }

  /** Removes the notice only after the numbers are new: the connection may fail again during the request. */
  private async catchUp(): Promise<void> {
    if ((await refresh()) && navigator.onLine) this.connection.back();
  }
}

const live = document.querySelector("[data-live]");
if (live !== null) {
  document.querySelector("main")?.append(said);
  const connection = new Connection(live);
  const listening = new Listening(document.querySelector("main")?.dataset.events ?? `${location.pathname}/events`, connection);
  if (!navigator.onLine) connection.lost();
  listening.start();
  addEventListener("offline", () => connection.lost());
  addEventListener("online", () => listening.start());
  addEventListener("pagehide", () => listening.stop());
  addEventListener("pageshow", (event) => event.persisted && listening.start());
}
