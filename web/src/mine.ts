/** My signatures on this device (J2): check, withdraw, forget. */
import { look, prepareWithdrawal, send } from "./casting";
import { instance, type Instance } from "./logs";
import { parseManifest } from "./manifest";
import { button, explain, h, link, show, t } from "./page";
import * as store from "./store";

const POLL_MS = 2_000;

function state(record: store.BoxRecord): string {
  if (record.withdrawal?.found !== undefined) return t("mineWithdrawn");
  if (record.withdrawal !== undefined) return t("mineWithdrawing");
  if (record.entry?.found !== undefined) return t("mineFound", { index: record.entry.found.index });
  return record.entry?.promise === undefined ? t("mineUnsent") : t("mineWaiting");
}

class Signature {
  private readonly status = h("p", { role: "status", "data-testid": "status" });
  private readonly result = h("div", { "aria-live": "polite" });
  private readonly actions = h("div", { class: "steps" });
  readonly element: HTMLElement;

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
    this.status.textContent = state(this.record);
    this.actions.replaceChildren(
      button(t("check"), () => void this.attempt(() => this.check()), { class: "button button-secondary", "data-testid": "check" }),
    );
    if (this.record.entry?.found !== undefined && this.record.withdrawal === undefined) {
      this.actions.append(
        " ",
        button(t("withdraw"), () => this.askWithdraw(), { class: "button button-secondary", "data-testid": "withdraw" }),
      );
    }
  }

  private async reload(): Promise<void> {
    this.record = (await store.box(this.record.box)) ?? this.record;
    this.draw();
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (e) {
      this.result.replaceChildren(explain(e));
    }
  }

  private say(words: string, good: boolean): void {
    this.result.replaceChildren(h("p", { class: good ? "status-ok" : "status-wait", "data-testid": "result" }, words));
  }

  /** Sends what was left unsent, then proves the newest of entry and withdrawal again from fresh files. */
  async check(): Promise<void> {
    const kind = this.record.withdrawal === undefined ? "entry" : "withdrawal";
    if ((this.record[kind]?.sendAt ?? 0) <= Date.now()) await send(this.of, this.record.box, kind);
    const found = await look(this.of, this.record.box, kind);
    await this.reload();
    if (found === undefined) this.say(t("notYet"), false);
    else this.say(t("checked", { size: found.size }), true);
  }

  private askWithdraw(): void {
    const yes = button(t("yesWithdraw"), () => void this.attempt(() => this.withdraw()), { "data-testid": "withdraw-yes" });
    const no = button(t("cancel"), () => this.result.replaceChildren(), { class: "button button-secondary" });
    this.result.replaceChildren(
      h("p", { role: "alert" }, t("withdrawAsk", { title: this.record.title ?? "" })),
      yes,
      " ",
      no,
    );
    yes.focus();
  }

  private async withdraw(): Promise<void> {
    this.say(t("withdrawing"), false);
    await prepareWithdrawal(this.of, this.record.box);
    await send(this.of, this.record.box, "withdrawal");
    await this.reload();
    this.say(t("withdrawSent"), false);
    const poll = (): void => {
      void this.attempt(async () => {
        const found = await look(this.of, this.record.box, "withdrawal");
        await this.reload();
        if (found === undefined) setTimeout(poll, POLL_MS);
        else this.say(t("withdrawnText", { index: found.index }), true);
      });
    };
    poll();
  }
}

async function start(root: HTMLElement): Promise<void> {
  try {
    show(root, h("p", { role: "status", class: "status-wait" }, t("loading")));
    const signed = (await store.boxes()).filter((record) => record.entry !== undefined);
    if (signed.length === 0) return show(root, h("p", { "data-testid": "none" }, t("mineNone")), forget(root));
    const of = await instance();
    const signatures = await Promise.all(
      signed.map(async (record) => new Signature(of, record, (await parseManifest(record.manifest)).path)),
    );
    root.replaceChildren(...signatures.map((signature) => signature.element), forget(root));
  } catch (e) {
    show(root, explain(e), link("", t("retry")), forget(root));
  }
}

function forget(root: HTMLElement): HTMLElement {
  const area = h("div", { "aria-live": "polite" });
  const ask = button(
    t("forget"),
    () => {
      const yes = button(
        t("yesForget"),
        () => {
          store.forgetEverything().then(
            () => show(root, h("h2", { "data-testid": "forgotten" }, t("forgotten"))),
            (e: unknown) => area.replaceChildren(explain(e)),
          );
        },
        { "data-testid": "forget-yes" },
      );
      area.replaceChildren(h("p", { role: "alert" }, t("forgetAsk")), yes);
      yes.focus();
    },
    { class: "button button-secondary", "data-testid": "forget" },
  );
  return h("section", { class: "card" }, h("h2", {}, t("forget")), h("p", { class: "hint" }, t("forgetHint")), ask, area);
}

const root = document.getElementById("mine");
if (root !== null) void start(root);
