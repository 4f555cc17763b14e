/** Shows the signer each step from the stored entry to the proof that it is in the public log. */
import { findInLog, send } from "./casting";
import type { Instance } from "./logs";
import { openNote, verifier } from "./note";
import { button, h, link, show, t, type Key } from "./page";
import * as store from "./store";

const POLL_MS = 2_000;

/** What {@link Progress} needs from the signing flow. */
interface FlowCallbacks {
  root: HTMLElement;
  recordPath: string;
  minePath: string;
  /** Runs a step; shows an error message if it fails. */
  attempt: (step: () => Promise<void>) => Promise<void>;
  /** Returns the button for a person who did not sign this entry. */
  notMine: () => HTMLElement;
}

export class Progress {
  private stopped = false;

  constructor(
    private readonly of: Instance,
    private readonly at: store.BoxKey,
    private readonly flow: FlowCallbacks,
  ) {}

  /** Ends the display, because the person continues with another book. */
  stop(): void {
    this.stopped = true;
  }

  /** Sends the entry when it is due, waits, and verifies its inclusion. */
  async proceed(): Promise<void> {
    const entry = (await store.box(this.at))?.entry;
    if (entry === undefined) throw new Error("another tab deleted this entry");
    if (entry.promise === undefined && entry.sendAt > Date.now()) return this.showLater(entry.sendAt);
    return this.sendAndProve();
  }

  private async sendAndProve(): Promise<void> {
    await send(this.of, this.at, "entry");
    const found = await findInLog(this.of, this.at, "entry");
    if (found === undefined) return this.showWaiting();
    const withdrawal = (await store.box(this.at))?.withdrawal?.found;
    if (withdrawal !== undefined) this.showEnd("withdrawnTitle", t("withdrawnText", { index: withdrawal.index }));
    else this.showEnd("doneTitle", t("doneText", found), link(this.flow.recordPath, t("record")));
  }

  private showEnd(title: Key, text: string, ...more: HTMLElement[]): void {
    this.show("status-ok", title, text, ...more, link(this.flow.minePath, t("mine")));
  }

  private showLater(sendAt: number): void {
    const time = new Date(sendAt).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    const now = button(t("sendNow"), () => {
      now.setAttribute("disabled", "");
      void this.flow.attempt(() => this.sendAndProve());
    });
    this.show("status-wait", "laterTitle", t("laterText", { time }), h("p", {}, now));
    this.schedule(Math.max(0, sendAt - Date.now()) + 50, () => this.proceed());
  }

  private async showWaiting(): Promise<void> {
    const promise = (await store.box(this.at))?.entry?.promise ?? "";
    const text = await openNote(promise, await verifier(`${this.of.host}/promise`, this.of.register.publicKey));
    const date = new Date(Number(text.split("\n")[2]) * 1000).toLocaleString(document.documentElement.lang, {
      dateStyle: "long",
      timeStyle: "short",
    });
    this.show("status-wait", "waitTitle", t("waitText", { date }), link(this.flow.minePath, t("mine")));
    const poll = async (): Promise<void> => {
      if ((await findInLog(this.of, this.at, "entry")) !== undefined) return this.proceed();
      this.schedule(POLL_MS, poll);
      return undefined;
    };
    this.schedule(POLL_MS, poll);
  }

  private show(kind: string, title: Key, text: string, ...more: HTMLElement[]): void {
    if (this.stopped) return;
    show(
      this.flow.root,
      h("h2", { class: kind, "data-testid": "status" }, t(title)),
      h("p", {}, text),
      ...more,
      this.flow.notMine(),
    );
  }

  private schedule(delay: number, step: () => Promise<void>): void {
    setTimeout(() => {
      if (!this.stopped) void this.flow.attempt(step);
    }, delay);
  }
}
