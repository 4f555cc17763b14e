import { h, t } from "./page";

/** This page as the server has it now; undefined if it cannot be had. */
async function asked(): Promise<string | undefined> {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-cache" });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined; // no connection
  }
}

/**
 * Shows a newly published batch without a reload: the server says that there is one, the page asks for itself again and takes
 * over the parts marked `data-live`. Without this script a reload shows the same. True if the page could be had.
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

/** What a screen reader says when a number changes. */
const said = h("p", { class: "visually-hidden", role: "status" });

/** When the page was last as the server has it. */
let asOf = new Date();

/** Says from when the numbers are while no news can come. */
class Connection {
  private readonly notice = h("p", { class: "notice offline", role: "status", "data-testid": "offline" });

  constructor(private readonly first: Element) {}

  lost(): void {
    if (this.notice.isConnected) return;
    const time = asOf.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.first.before(this.notice); // empty, then filled: else a screen reader does not read it
    this.notice.textContent = t("offline", { time });
  }

  back(): void {
    this.notice.remove();
  }
}

/** What a closed stream waits before it is opened again: a server that restarts, or one with too many listeners. */
const AGAIN_MS = 30_000;

/** Listens for batches as long as the page is shown. */
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
    // what was published between the page and this connection; mostly the answer is "not modified"
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

  /** The notice goes only when the numbers are new: the connection may be lost again while the page is asked for. */
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
