/** The signatures on this device (J2): check, withdraw, forget. */
import { findInLog, prepareWithdrawal, recheck, sendDirectly, sendOrTakeOver, type Kind, type Sending } from "./casting";
import { loadInstance, type Instance } from "./logs";
import { parseManifest } from "./manifest";
import { button, explain, h, link, moment, show, t, type Key } from "./page";
import { qrPicture } from "./qr";
import { relayOf, RelayAway, RETRY_MS } from "./relay";
import { qrText, recoveryCode } from "./secret";
import { describeState } from "./state";
import * as store from "./store";
import { awayText, wayChoices } from "./when";

const POLL_MS = 2_000;

class Signature {
  private readonly status = h("p", { role: "status", "data-testid": "status" });
  private readonly result = h("div", { "aria-live": "polite" });
  private readonly actions = h("div", { class: "steps" });
  readonly element: HTMLElement;
  /** Sends what is due while the page is open. */
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly of: Instance,
    private record: store.BoxRecord,
    path: string,
  ) {
    const title = record.title ?? record.box;
    this.element = h(
      "section",
      { class: "card", "data-testid": "signature" },
      h("h2", {}, h("a", { href: path }, title)),
      this.status,
      this.actions,
      this.result,
    );
    this.draw();
  }

  private draw(): void {
    this.status.textContent = describeState(this.record);
    this.actions.replaceChildren(
      button(t("check"), () => void this.attempt(() => this.check()), { class: "button button-secondary", "data-testid": "check" }),
    );
    const kind = this.kind();
    const casting = this.record[kind];
    const due = casting === undefined ? undefined : store.dueAt(casting);
    clearTimeout(this.timer);
    if (due !== undefined) this.timer = setTimeout(() => void this.sendDue(), Math.min(Math.max(1_000, due - Date.now() + 50), 2 ** 31 - 1));
    if (casting !== undefined && store.isUnsent(casting) && casting.sendAt > Date.now()) {
      const now = button(t("sendNow"), () => void this.attempt(() => this.sendNow(kind)), { class: "button button-secondary", "data-testid": "send-now" });
      this.actions.append(" ", now, h("p", { class: "hint" }, t("unsentUntil", { time: moment(casting.sendAt) })));
    }
    if (this.record.entry?.found !== undefined && this.record.withdrawal === undefined) {
      this.actions.append(
        " ",
        button(t("withdraw"), () => void this.attempt(() => this.askWithdraw()), { class: "button button-secondary", "data-testid": "withdraw" }),
      );
    }
  }

  private async reload(): Promise<void> {
    this.record = (await store.box(this.record)) ?? this.record;
    this.draw();
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (e) {
      this.result.replaceChildren(explain(e, true));
    }
  }

  private say(words: string, good: boolean): void {
    this.result.replaceChildren(h("p", { class: good ? "status-ok" : "status-wait", "data-testid": "result" }, words));
  }

  /**
   * Takes the withdrawal if there is one, else the entry. Sends it if it is due and unsent, then verifies from fresh
   * files that it is there, and whether another device has withdrawn it.
   */
  async check(): Promise<void> {
    const kind = this.kind();
    const isDue = (this.record[kind]?.sendAt ?? 0) <= Date.now();
    const isSent = !isDue || (await this.send(kind));
    if (!isSent && this.record[kind]?.takenAt === undefined) return;
    if (isSent) this.say(t("searching"), false);
    const found = await recheck(this.of, this.record);
    await this.reload();
    if (found === undefined) this.say(t(isSent ? "notYet" : "relayHas"), false);
    else if (found.kind === "withdrawal" && kind === "entry") this.say(t("withdrawnText", { index: found.index }), true);
    else this.say(t("checked", { size: found.size }), true);
  }

  private kind(): Kind {
    return this.record.withdrawal === undefined ? "entry" : "withdrawal";
  }

  /** Sends what is due. Returns false, and says why, if the box has not promised anything yet. */
  private async send(kind: Kind): Promise<boolean> {
    try {
      const sent = await sendOrTakeOver(this.of, this.record, kind);
      await this.reload();
      if (sent === "promised") return true;
      this.say(t(sent === "relayed" ? "relayHas" : "elsewhereText"), false);
    } catch (e) {
      if (!(e instanceof RelayAway)) throw e;
      if (((await store.box(this.record)) ?? this.record)[kind]?.takenAt !== undefined) {
        this.say(t("relayHas"), false);
        return false;
      }
      const direct = button(t("sendDirectly"), () => void this.attempt(() => this.sendNow(kind)), {
        class: "button button-secondary",
        "data-testid": "send-directly",
      });
      this.result.replaceChildren(h("p", { class: "status-wait", "data-testid": "result" }, awayText(e)), direct);
      setTimeout(() => void this.sendDue(), RETRY_MS);
    }
    return false;
  }

  /** Sends at once and past the relay, because the person decided so. */
  private async sendNow(kind: Kind): Promise<void> {
    await sendDirectly(this.record, kind);
    await this.reload();
    await this.check();
  }

  /** Sends what is due, and looks for nothing: to look right after the relay's answer would tell the site whose it is. */
  private async sendDue(): Promise<void> {
    const kind = this.kind();
    const casting = this.record[kind];
    const due = casting === undefined ? undefined : store.dueAt(casting);
    if (due === undefined || due > Date.now()) return;
    await this.attempt(async () => {
      if (await this.send(kind)) this.say(t(kind === "entry" ? "notYet" : "withdrawSent"), false);
    });
  }

  private async askWithdraw(): Promise<void> {
    const { closes } = await parseManifest(this.record.manifest);
    const way = wayChoices(await relayOf(this.of), closes, `when-${this.record.book}-${this.record.box}`);
    const yes = button(t("yesWithdraw"), () => void this.attempt(() => this.withdraw(way.sending())), { "data-testid": "withdraw-yes" });
    const no = button(t("cancel"), () => this.result.replaceChildren(), { class: "button button-secondary" });
    this.result.replaceChildren(
      h("p", { role: "alert" }, t("withdrawAsk", { title: this.record.title ?? "" })),
      way.element,
      yes,
      " ",
      no,
    );
    yes.focus();
  }

  private async withdraw(sending: Sending): Promise<void> {
    this.say(t("withdrawing"), false);
    await prepareWithdrawal(this.record, sending);
    await this.reload();
    if (sending.sendAt > Date.now()) return this.say(t("withdrawLater", { time: moment(sending.sendAt) }), false);
    if (!(await this.send("withdrawal"))) return;
    this.say(t("withdrawSent"), false);
    if (sending.isRelayed) return; // to look for it now would tell the site whose it is
    const poll = (): void => {
      void this.attempt(async () => {
        const found = await findInLog(this.of, this.record, "withdrawal");
        await this.reload();
        if (found === undefined) setTimeout(poll, POLL_MS);
        else this.say(t("withdrawnText", { index: found.index }), true);
      });
    };
    poll();
  }
}

async function start(root: HTMLElement): Promise<void> {
  show(root, h("p", { role: "status", class: "status-wait" }, t("loading")));
  const records = await store.boxes();
  const signed = records.filter((record) => record.entry !== undefined);
  const cards = h("div", {}, await recoveryCards(), await forgetCards(root, records));
  try {
    // read by everybody: whoever signed nothing makes the same requests
    const of = await loadInstance();
    await relayOf(of);
    if (signed.length === 0) return show(root, h("p", { "data-testid": "none" }, t("mineNone")), h("p", { class: "hint" }, t("mineElsewhere")), cards);
    const signatures = await Promise.all(
      signed.map(async (record) => new Signature(of, record, (await parseManifest(record.manifest)).path)),
    );
    root.replaceChildren(...signatures.map((signature) => signature.element), h("p", { class: "hint" }, t("mineElsewhere")), cards);
    if (location.hash === "#recovery") document.getElementById("recovery")?.scrollIntoView();
  } catch (e) {
    show(root, explain(e, signed.length > 0), link("", t("retry")), cards);
  }
}

/** For each book a card that shows its recovery code at a click. */
async function recoveryCards(): Promise<HTMLElement> {
  const records = await store.boxes();
  const books = (await store.books()).filter(({ id, secret }) => secret !== undefined && records.some(({ book }) => book === id));
  const cards = await Promise.all(
    books.map(async (book) => recoveryCard(books.length > 1 ? t("recoveryCardOf", { n: book.id }) : t("recoveryCard"), book, await recoveryCode(book.secret!))),
  );
  return h("div", { id: "recovery" }, ...cards);
}

function recoveryCard(title: string, book: store.Book, code: string): HTMLElement {
  const area = h("div", { "aria-live": "polite" });
  const toggle = button(
    t("recoveryShow"),
    () => {
      const isShown = area.childElementCount > 0;
      toggle.textContent = t(isShown ? "recoveryShow" : "recoveryHide");
      if (isShown) return area.replaceChildren();
      show(
        area,
        h("p", { class: "recovery-code", "data-testid": "recovery-code" }, code),
        qrPicture(qrText(code), t("recoveryPicture")),
        book.isPartial ? h("p", { class: "notice" }, t("recoveryPartial")) : undefined,
        h("p", {}, t("recoveryUse")),
        h("p", {}, t("recoveryCare")),
      );
    },
    { class: "button button-secondary", "data-testid": "recovery-show" },
  );
  return h("section", { class: "card", "data-testid": "recovery-card" }, h("h2", {}, title), h("p", { class: "hint" }, t("recoveryWhy")), toggle, area);
}

/** Texts that explain what a person loses by "forget what I signed". */
function costOfSigned(signed: store.BoxRecord[]): string[] {
  const unsent = signed.filter(({ entry }) => entry !== undefined && store.isUnsent(entry)).length;
  return [t("forgetSignedCost"), t("forgetSignedTrace"), ...(unsent > 0 ? [t("forgetUnsent", { n: unsent })] : []), t("forgetFinal")];
}

/** Texts that explain what a person loses by "forget everything". */
async function costOfAll(records: store.BoxRecord[]): Promise<string[]> {
  const closings = await Promise.all(records.map(async ({ manifest }) => (await parseManifest(manifest)).closes));
  const last = Math.max(0, ...closings);
  const books = new Set(records.map((record) => record.book)).size;
  const costs = records.length > 0 ? [t("forgetAllCost")] : [];
  if ((await store.books()).some(({ drawer }) => drawer !== undefined)) costs.push(t("forgetUnfinished"));
  if (last > Date.now()) {
    costs.push(t("forgetAllUntil", { date: new Date(last).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }) }));
  }
  if (books > 1) costs.push(t("forgetBooks", { n: books }));
  return [...costs, t("forgetFinal")];
}

/** A card that explains what it deletes. The first click shows what that costs, the second click deletes. */
function forgetCard(root: HTMLElement, id: string, label: Key, hint: Key, yes: Key, costs: string[], work: () => Promise<void>): HTMLElement {
  const area = h("div", { "aria-live": "polite" });
  const ask = button(
    t(label),
    () => {
      const sure = button(
        t(yes),
        () => {
          work().then(
            () => show(root, h("h2", { "data-testid": "forgotten" }, t(`${label}Done` as Key)), link("", t("mine"))),
            (e: unknown) => area.replaceChildren(explain(e)),
          );
        },
        { "data-testid": `${id}-yes` },
      );
      const cancel = button(t("cancel"), () => area.replaceChildren(), { class: "button button-secondary" });
      area.replaceChildren(
        h("div", { role: "alert", class: "notice", "data-testid": `${id}-cost` }, ...costs.map((cost) => h("p", {}, cost))),
        h("div", { class: "actions" }, sure, cancel),
      );
      sure.focus();
    },
    { class: "button button-secondary", "data-testid": id },
  );
  return h("section", { class: "card" }, h("h2", {}, t(label)), h("p", { class: "hint" }, t(hint)), ask, area);
}

async function forgetCards(root: HTMLElement, records: store.BoxRecord[]): Promise<HTMLElement> {
  const signed = records.filter((record) => record.entry !== undefined);
  const some = forgetCard(
    root,
    "forget-signed",
    "forgetSigned",
    "forgetSignedHint",
    "yesForgetSigned",
    costOfSigned(signed),
    store.forgetSigned,
  );
  const all = forgetCard(root, "forget", "forget", "forgetHint", "yesForget", await costOfAll(records), store.forgetEverything);
  return h("div", {}, signed.length > 0 ? some : undefined, all);
}

const root = document.getElementById("mine");
if (root !== null) start(root).catch((e: unknown) => show(root, explain(e)));
