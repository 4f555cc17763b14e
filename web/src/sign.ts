/** The signing flow (J1): e-mail, code, what to show, sign, and the proof that it is in the public record. */
import { draw, verifiedBook } from "./book";
import { look, prepareEntry, send } from "./casting";
import { isSupported } from "./crypto";
import { MAX_STATEMENT, statement } from "./entry";
import { postJson, Refused } from "./http";
import { instance, ProofFailed, type Instance } from "./logs";
import { openNote, verifier } from "./note";
import { button, explain, h, knows, link, show, t, type Key } from "./page";
import * as store from "./store";

const POLL_MS = 2_000;
const HOUR_MS = 3_600_000;

class SigningFlow {
  private readonly data: DOMStringMap;
  private readonly box: string;
  /** Whose members may sign, and by which mail domains: `tufts.edu=tufts.edu;usc.edu=usc.edu,isi.edu`. */
  private readonly campuses: { id: string; domains: string[] }[];
  private campus: string;

  constructor(private readonly root: HTMLElement) {
    this.data = root.dataset;
    this.box = this.data.box ?? "";
    this.campuses = (this.data.campuses ?? "").split(";").map((one) => {
      const [id = "", domains = ""] = one.split("=");
      return { id, domains: domains.split(",") };
    });
    this.campus = this.campuses[0]!.id;
  }

  /** The campus of an address: by its domain, or a domain above it. Of one campus, every address is taken. */
  private campusOf(address: string): string | undefined {
    if (this.campuses.length === 1) return this.campus;
    const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    return this.campuses.find((one) => one.domains.some((own) => domain === own || domain.endsWith(`.${own}`)))?.id;
  }

  async start(): Promise<void> {
    if (!(await isSupported())) return show(this.root, h("p", { class: "error", role: "alert" }, t("unsupported")));
    await this.attempt(() => this.resume());
  }

  /** Takes a step; when it fails, says why and offers to take it again. */
  private async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (e) {
      const again = e instanceof ProofFailed ? undefined : button(t("retry"), () => void this.attempt(step));
      show(this.root, explain(e), again);
    }
  }

  private busy(key: Key): void {
    show(this.root, h("p", { role: "status", class: "status-wait" }, t(key)));
  }

  /** Wherever this device was. */
  private async resume(): Promise<void> {
    this.busy("loading");
    const record = await store.box(this.box);
    if (record?.entry !== undefined) return this.proceed(await instance());
    if (record?.token !== undefined) return this.askReveal();
    const of = await instance();
    const book = await verifiedBook(of, this.campus);
    if (!book.some((manifest) => manifest.box === this.box)) throw new Refused("box-closed");
    this.askEmail(of);
  }

  private heading(n: number, title: Key): HTMLElement {
    return h("h2", {}, h("span", { class: "steps" }, t("step", { n })), " ", t(title));
  }

  private domains(): string {
    const all = this.campuses.flatMap((one) => one.domains);
    return all.length > 4 ? `${all.slice(0, 4).join(", ")} …` : all.join(", ");
  }

  private askEmail(of: Instance, problem?: HTMLElement): void {
    const input = h("input", {
      id: "email",
      type: "email",
      autocomplete: "email",
      required: true,
      maxlength: "254",
      "aria-describedby": "email-hint",
      "data-testid": "email",
    }) as HTMLInputElement;
    this.form(
      this.heading(1, "emailTitle"),
      problem,
      h(
        "div",
        { class: "field" },
        h("label", { for: "email" }, t("email")),
        h("p", { class: "hint", id: "email-hint" }, t("emailHint", { domains: this.domains() })),
        input,
      ),
      t("sendCode"),
      async () => {
        const address = input.value.trim();
        if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address)) return this.askEmail(of, this.error("emailBad"));
        const campus = this.campusOf(address);
        if (campus === undefined) return this.askEmail(of, this.error("emailElsewhere"));
        this.campus = campus;
        await postJson(`/roll/${this.campus}/code`, { address });
        this.askCode(of, address);
      },
    );
  }

  private askCode(of: Instance, address: string, problem?: HTMLElement): void {
    const input = h("input", {
      id: "code",
      type: "text",
      inputmode: "numeric",
      autocomplete: "one-time-code",
      required: true,
      maxlength: "9",
      "aria-describedby": "code-hint",
      "data-testid": "code",
    }) as HTMLInputElement;
    this.form(
      this.heading(2, "codeTitle"),
      problem,
      h(
        "div",
        { class: "field" },
        h("label", { for: "code" }, t("code")),
        h("p", { class: "hint", id: "code-hint" }, t("codeHint", { address })),
        input,
      ),
      t("next"),
      async () => {
        const code = input.value.replace(/\D/g, "");
        if (code.length !== 8) return this.askCode(of, address, this.error("codeBad"));
        this.busy("drawing");
        try {
          await draw(this.campus, address, code, await verifiedBook(of, this.campus));
        } catch (e) {
          if (e instanceof Refused) return this.askCode(of, address, explain(e));
          throw e;
        }
        this.askReveal();
      },
      this.data.inboxPath === undefined
        ? undefined
        : link(this.data.inboxPath, t("inbox"), { target: "_blank", "data-testid": "inbox" }),
      button(t("otherAddress"), () => this.askEmail(of), { class: "button button-secondary" }),
    );
  }

  private askReveal(problem?: HTMLElement): void {
    const choice = (value: string, key: Key, checked: boolean): HTMLElement =>
      h(
        "p",
        {},
        h("input", { type: "radio", name: "reveal", id: `reveal-${value}`, value, checked, "data-testid": `reveal-${value}` }),
        " ",
        h("label", { for: `reveal-${value}` }, t(key)),
      );
    const affiliations = (this.data.affiliations ?? "").split(",").filter((one) => one !== "");
    const select = h(
      "select",
      { id: "affiliation", "data-testid": "affiliation" },
      ...affiliations.map((one, i) => h("option", { value: String(i + 1) }, knows(`aff.${one}`) ? t(`aff.${one}` as Key) : one)),
    ) as HTMLSelectElement;
    const who = h(
      "div",
      { class: "field", hidden: true },
      h("label", { for: "affiliation" }, t("affiliation")),
      h("p", { class: "hint" }, t("affiliationHint")),
      select,
    );
    const name = h("input", { id: "name", maxlength: "80", autocomplete: "off", "data-testid": "name" }) as HTMLInputElement;
    const comment = h("textarea", { id: "comment", rows: "4", maxlength: "300", "data-testid": "comment" }) as HTMLTextAreaElement;
    const words = h(
      "div",
      { class: "field", hidden: true },
      h("p", { class: "hint" }, t("statementHint")),
      h("label", { for: "name" }, t("name")),
      name,
      h("label", { for: "comment" }, t("comment")),
      comment,
    );
    const choices = h(
      "fieldset",
      {},
      h("legend", { class: "visually-hidden" }, t("revealTitle")),
      choice("nothing", "revealNothing", true),
      choice("affiliation", "revealAffiliation", false),
      choice("statement", "revealStatement", false),
    );
    const chosen = (): string => choices.querySelector<HTMLInputElement>("input:checked")?.value ?? "nothing";
    choices.addEventListener("change", () => {
      who.hidden = chosen() === "nothing";
      words.hidden = chosen() !== "statement";
    });
    this.form(this.heading(3, "revealTitle"), problem, h("div", {}, choices, who, words), t("next"), async () => {
      const affiliation = chosen() === "nothing" ? 0 : Number(select.value);
      const said = chosen() === "statement" ? statement(name.value, comment.value) : new Uint8Array(0);
      if (said.length > MAX_STATEMENT) return this.askReveal(this.error("tooLong"));
      this.askSend(affiliation, said);
      return undefined;
    });
  }

  private askSend(affiliation: number, said: Uint8Array<ArrayBuffer>): void {
    const choice = (value: string, key: Key, checked: boolean): HTMLElement =>
      h(
        "p",
        {},
        h("input", { type: "radio", name: "when", id: `when-${value}`, value, checked, "data-testid": `when-${value}` }),
        " ",
        h("label", { for: `when-${value}` }, t(key)),
      );
    const choices = h(
      "fieldset",
      {},
      h("legend", {}, t("when")),
      choice("now", "now", true),
      choice("later", "later", false),
    );
    const title = this.data.petitionTitle ?? "";
    this.form(
      this.heading(4, "signTitle"),
      h("p", {}, t("signHint")),
      choices,
      this.data.action ?? t("sign", { title }),
      async () => {
        const later = choices.querySelector<HTMLInputElement>("input:checked")?.value === "later";
        this.busy("signing");
        const of = await instance();
        const delay = later ? (crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32) * HOUR_MS : 0;
        await prepareEntry(of, this.box, title, affiliation, said, Date.now() + delay);
        await this.proceed(of);
      },
    );
  }

  /** Signed and stored: send when it is time, wait, prove. */
  private async proceed(of: Instance): Promise<void> {
    const entry = (await store.box(this.box))?.entry;
    if (entry === undefined) return this.askReveal();
    if (entry.promise === undefined && entry.sendAt > Date.now()) return this.showLater(of, entry.sendAt);
    await send(of, this.box, "entry");
    const found = await look(of, this.box, "entry");
    if (found === undefined) return this.showWaiting(of);
    const withdrawal = (await store.box(this.box))?.withdrawal?.found;
    if (withdrawal !== undefined) {
      show(
        this.root,
        h("h2", { class: "status-ok", "data-testid": "status" }, t("withdrawnTitle")),
        h("p", {}, t("withdrawnText", { index: withdrawal.index })),
      );
      return;
    }
    show(
      this.root,
      h("h2", { class: "status-ok", "data-testid": "status" }, t("doneTitle")),
      h("p", {}, t("doneText", found)),
      link(this.data.recordPath ?? "", t("record")),
      link(this.data.minePath ?? "", t("mine")),
    );
  }

  private showLater(of: Instance, sendAt: number): void {
    const now = button(t("sendNow"), () => {
      void this.attempt(async () => {
        this.busy("signing");
        await send(of, this.box, "entry");
        await this.proceed(of);
      });
    });
    const time = new Date(sendAt).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    show(
      this.root,
      h("h2", { class: "status-wait", "data-testid": "status" }, t("laterTitle")),
      h("p", {}, t("laterText", { time })),
      now,
    );
    setTimeout(() => void this.attempt(() => this.proceed(of)), Math.max(0, sendAt - Date.now()) + 50);
  }

  private async showWaiting(of: Instance): Promise<void> {
    const promise = (await store.box(this.box))?.entry?.promise ?? "";
    const text = await openNote(promise, await verifier(`${of.host}/promise`, of.register.publicKey));
    const date = new Date(Number(text.split("\n")[2]) * 1000).toLocaleString(document.documentElement.lang, {
      dateStyle: "long",
      timeStyle: "short",
    });
    show(
      this.root,
      h("h2", { class: "status-wait", "data-testid": "status" }, t("waitTitle")),
      h("p", {}, t("waitText", { date })),
      link(this.data.minePath ?? "", t("mine")),
    );
    const poll = async (): Promise<void> => {
      if ((await look(of, this.box, "entry")) !== undefined) return this.proceed(of);
      setTimeout(() => void this.attempt(poll), POLL_MS);
      return undefined;
    };
    setTimeout(() => void this.attempt(poll), POLL_MS);
  }

  private error(key: Key): HTMLElement {
    return h("p", { class: "error", role: "alert" }, t(key));
  }

  private form(
    heading: HTMLElement,
    before: HTMLElement | undefined,
    fields: HTMLElement,
    action: string,
    submit: () => Promise<void>,
    ...after: (HTMLElement | undefined)[]
  ): void {
    const submitButton = h("button", { type: "submit", class: "button", "data-testid": "next" }, action);
    const form = h("form", { novalidate: true }, fields, submitButton);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submitButton.setAttribute("disabled", "");
      void this.attempt(submit);
    });
    show(this.root, heading, before, form, ...after);
  }
}

const root = document.getElementById("sign");
if (root !== null) void new SigningFlow(root).start();
