/** Shows the signer each step from the stored entry to the proof that it is in the public log. */
import { findInLog, sendDirectly, sendOrTakeOver, type Found } from "./casting";
import { witnessesOf } from "./ledger";
import { ProofFailed, type Instance } from "./logs";
import { openNote, verifier } from "./note";
import { button, h, link, moment, show, t, type Key } from "./page";
import { relayOf, RelayAway, RETRY_MS } from "./relay";
import * as store from "./store";
import { awayText } from "./when";

const POLL_MS = 2_000;
const RELAY_POLL_MS = 20_000;

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
  /** The time until the relay is asked again: short at first, for a relay that does not hold back for long. */
  private relayPoll = 3_000;

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

  /** @param isAsked true if the person wants to look in the record now */
  private async sendAndProve(isAsked = false): Promise<void> {
    let sent;
    try {
      sent = await sendOrTakeOver(this.of, this.at, "entry");
    } catch (e) {
      if (!(e instanceof RelayAway)) throw e;
      const isTaken = (await store.box(this.at))?.entry?.takenAt !== undefined;
      return isTaken ? this.showRelayed() : this.showRelayAway(e);
    }
    if (sent === "elsewhere") return this.show("status-wait", "elsewhereTitle", t("elsewhereText"), ...this.links());
    if (sent === "relayed") return this.showRelayed();
    const { entry } = (await store.box(this.at)) ?? {};
    // looking for it alone would show which it is: what another device cast was found by reading the whole log, and what
    // went through the relay is looked for when the person asks
    const found: (Omit<Found, "note"> & { note?: string }) | undefined =
      entry?.request === undefined || (entry.isRelayed === true && !isAsked) ? entry?.found : await findInLog(this.of, this.at, "entry");
    if (found === undefined) return this.showWaiting(isAsked);
    const withdrawal = (await store.box(this.at))?.withdrawal?.found;
    if (withdrawal !== undefined) this.showEnd("withdrawnTitle", t("withdrawnText", { index: withdrawal.index }));
    else this.showEnd("doneTitle", t("doneText", { ...found }), found.note === undefined ? undefined : this.confirmation(found.note), link(this.flow.recordPath, t("record")));
  }

  /** Says when witnesses have confirmed the record that holds the entry; nothing if nobody watches it. */
  private confirmation(note: string): HTMLElement | undefined {
    if (this.of.policy.quorum === 0) return undefined;
    const element = h("p", { class: "hint", role: "status", "data-testid": "witnessed" }, t("witnessWaiting"));
    const poll = async (): Promise<void> => {
      const names = await witnessesOf(this.of, this.at.box, note).catch((e: unknown) => {
        if (e instanceof ProofFailed) throw e;
        return undefined; // the witnesses or the connection are away: ask again
      });
      if (names === undefined) this.schedule(POLL_MS, poll);
      else element.textContent = t("witnessed", { names: [...names].join(", ") });
    };
    this.schedule(0, poll);
    return element;
  }

  private showEnd(title: Key, text: string, ...more: (HTMLElement | undefined)[]): void {
    this.show("status-ok", title, text, ...more, ...this.links());
  }

  private links(): HTMLElement[] {
    return [link(this.flow.minePath, t("mine")), link(`${this.flow.minePath}#recovery`, t("recoveryOffer"))];
  }

  private async showRelayed(): Promise<void> {
    const operator = (await relayOf(this.of))?.operator ?? "";
    if (!this.isShown("relayedTitle")) this.show("status-wait", "relayedTitle", t("relayedText", { operator }), ...this.links());
    this.schedule(this.relayPoll, () => this.sendAndProve());
    this.relayPoll = Math.min(2 * this.relayPoll, RELAY_POLL_MS);
  }

  private showRelayAway(away: RelayAway): void {
    const direct = button(
      t("sendDirectly"),
      () => {
        direct.setAttribute("disabled", "");
        void this.flow.attempt(async () => {
          await sendDirectly(this.at, "entry");
          await this.sendAndProve();
        });
      },
      { class: "button button-secondary", "data-testid": "send-directly" },
    );
    if (!this.isShown("relayAwayTitle")) this.show("status-wait", "relayAwayTitle", awayText(away), h("p", {}, direct), ...this.links());
    this.schedule(RETRY_MS, () => this.sendAndProve());
  }

  private showLater(sendAt: number): void {
    const time = moment(sendAt);
    const now = button(t("sendNow"), () => {
      now.setAttribute("disabled", "");
      void this.flow.attempt(() => this.sendAndProve());
    });
    this.show("status-wait", "laterTitle", t("laterText", { time }), h("p", {}, now));
    this.schedule(Math.max(0, sendAt - Date.now()) + 50, () => this.proceed());
  }

  /** @param isAsked true if the person has just looked */
  private async showWaiting(isAsked = false): Promise<void> {
    const { promise = "", isRelayed } = (await store.box(this.at))?.entry ?? {};
    const text = await openNote(promise, await verifier(`${this.of.host}/promise`, this.of.register.publicKey));
    const date = moment(Number(text.split("\n")[2]) * 1000);
    if (isRelayed === true) {
      // to look for it right after the relay's answer would tell the site whose it is
      const look = button(t("lookNow"), () => void this.flow.attempt(() => this.sendAndProve(true)), { class: "button button-secondary", "data-testid": "look-now" });
      const notYet = isAsked ? h("p", { class: "status-wait", role: "status", "data-testid": "not-yet" }, t("notYet")) : undefined;
      return this.show("status-wait", "waitTitle", t("waitText", { date }), notYet, h("p", {}, look), h("p", { class: "hint" }, t("lookHint")), ...this.links());
    }
    this.show("status-wait", "waitTitle", t("waitText", { date }), ...this.links());
    const poll = async (): Promise<void> => {
      if ((await findInLog(this.of, this.at, "entry")) !== undefined) return this.proceed();
      this.schedule(POLL_MS, poll);
      return undefined;
    };
    return this.schedule(POLL_MS, poll);
  }

  /** True if the person reads this already: what is shown again takes the focus away. */
  private isShown(title: Key): boolean {
    return this.flow.root.querySelector("h2")?.textContent === t(title);
  }

  private show(kind: string, title: Key, text: string, ...more: (HTMLElement | undefined)[]): void {
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
