/** The steps by which a person draws a book: e-mail and code. What comes before and after differs from page to page. */
import { draw, readAddress, readCode, verifiedBook, type Book, type Campus, type Drawer, type MailDrawer } from "./book";
import type { Bytes } from "./bytes";
import { isSupported } from "./crypto";
import { codeField, field } from "./forms";
import { postJson, Refused } from "./http";
import { ProofFailed, type Instance } from "./logs";
import { button, explain, h, link, show, t, type Key } from "./page";
import type * as store from "./store";

/** Asks again for what the person typed last, with the problem. */
export type AskAgain = (problem: HTMLElement) => void;

/** A flow on a page. `T` is what the page must verify before anything is drawn. */
export abstract class DrawingFlow<T> {
  protected readonly data: DOMStringMap;
  /**
   * The campuses whose members may draw, with their mail domains:
   * `tufts.edu=tufts.edu|;usc.edu=usc.edu,isi.edu|med.usc.edu`.
   */
  protected readonly campuses: Campus[];
  /** The number of the book to draw into; undefined until it is chosen. */
  protected book: number | undefined;
  /** The secret of the book to draw, if a recovery code gave it and the book is not stored yet. */
  protected secret: Bytes | undefined;
  /** The numbers of the books that this device stored when the person began. */
  protected heldBookIds: number[] = [];

  /** @param steps the number of steps that the person sees */
  constructor(
    protected readonly root: HTMLElement,
    private readonly steps: number,
  ) {
    this.data = root.dataset;
    this.campuses = (this.data.campuses ?? "").split(";").map((one) => {
      const [id = "", domains = ""] = one.split("=");
      const [together, apart] = domains.split("|").map((list) => list.split(",").filter(Boolean));
      return { id, domains: together ?? [], separateDomains: apart ?? [] };
    });
  }

  async start(): Promise<void> {
    if (!(await isSupported())) return show(this.root, h("p", { class: "error", role: "alert" }, t("unsupported")));
    await this.attempt(() => this.resume());
  }

  /** Continues where this device stopped. */
  protected abstract resume(): Promise<void>;
  /** The books on this device into which somebody may draw here. */
  protected abstract heldBooks(): Promise<store.HeldBook[]>;
  /** Verifies what the page promises, before the draw. */
  protected abstract verify(book: Book): Promise<T>;
  /** Continues after the draw. */
  protected abstract drawn(of: Instance, book: number, verified: T, askAgain: AskAgain): Promise<void>;

  /** True if this device stores a signature, so that "nothing was signed" would be false. */
  protected hasSigned(): boolean {
    return false;
  }

  /** The button for a person who drew their book on another device; undefined if this page has none. */
  protected haveRecovery(): HTMLElement | undefined {
    return undefined;
  }

  /** Runs a step; if it fails, shows the reason and a button to retry, except after a failed proof. */
  protected async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (e) {
      const again = e instanceof ProofFailed ? undefined : button(t("retry"), () => void this.attempt(step));
      show(this.root, explain(e, this.hasSigned()), again);
    }
  }

  protected busy(key: Key): void {
    show(this.root, h("p", { role: "status", class: "status-wait" }, t(key)));
  }

  protected heading(n: number, title: Key): HTMLElement {
    return h("h2", {}, h("span", { class: "steps" }, t("step", { n, of: this.steps })), " ", t(title));
  }

  protected domains(): string {
    const all = this.campuses.flatMap((one) => [...one.domains, ...one.separateDomains]);
    return all.length > 4 ? `${all.slice(0, 4).join(", ")} …` : all.join(", ");
  }

  protected askEmail(of: Instance, problem?: HTMLElement, typed = ""): void {
    const hint = t("emailHint", { domains: this.domains() });
    const { element, input } = field("email", hint, { id: "email", type: "email", autocomplete: "email", maxlength: "254" });
    input.value = typed;
    const isNew = this.book === undefined && this.secret === undefined;
    const isNoticed = this.heldBookIds.length > 0 && this.secret === undefined;
    const addressNotice = isNoticed ? t(isNew ? "ownBook" : "sameAddress") : undefined;
    this.form(
      this.heading(1, "emailTitle"),
      [addressNotice === undefined ? undefined : h("p", { class: "notice", "data-testid": "beside" }, addressNotice), problem],
      element,
      t("sendCode"),
      async () => {
        const drawer = readAddress(input.value, this.campuses);
        if (typeof drawer === "string") return this.askEmail(of, this.error(drawer), input.value);
        await this.requestCode(drawer);
        this.askCode(of, drawer);
      },
      isNew ? this.haveRecovery() : undefined,
    );
  }

  protected requestCode({ campus, address }: MailDrawer): Promise<unknown> {
    return postJson(`/roll/${campus}/code`, { address });
  }

  protected askCode(of: Instance, drawer: MailDrawer, problem?: HTMLElement, typed = ""): void {
    const { address } = drawer;
    const { element, input } = codeField("code", t("codeHint", { address }), 64, "one-time-code");
    input.value = typed;
    const another = button(
      t("newCode"),
      () => {
        another.setAttribute("disabled", "");
        void this.attempt(async () => {
          await this.requestCode(drawer);
          const sentNotice = h("p", { class: "notice", role: "status", "data-testid": "new-code-sent" }, t("newCodeSent", { address }));
          this.askCode(of, drawer, sentNotice);
        });
      },
      { class: "button button-secondary", "data-testid": "new-code" },
    );
    this.form(
      this.heading(2, "codeTitle"),
      [problem],
      element,
      t("next"),
      async () => {
        const code = readCode(input.value);
        if (code === undefined) return this.askCode(of, drawer, this.error("codeBad"), input.value);
        this.busy("drawing");
        await this.drawWith(of, drawer, code, (refusal) => this.askCode(of, drawer, refusal, code));
      },
      this.data.inboxPath === undefined
        ? undefined
        : link(this.data.inboxPath, t("inbox"), { target: "_blank", "data-testid": "inbox" }),
      h("p", { class: "hint" }, t("newCodeHint")),
      h(
        "div",
        { class: "actions" },
        another,
        button(t("otherAddress"), () => this.askEmail(of), { class: "button button-secondary" }),
      ),
    );
  }

  /**
   * @param code from the mail; empty with a card
   * @param isRepeated true after a box opened or closed between the reading of the book and the draw
   */
  protected async drawWith(of: Instance, drawer: Drawer, code: string, askAgain: AskAgain, isRepeated = false): Promise<void> {
    const book = await verifiedBook(of, drawer.campus, "domain" in drawer ? drawer.domain : undefined);
    const verified = await this.verify(book);
    let drawn: number;
    try {
      drawn = await draw(drawer, code, book, { book: this.book, secret: this.secret });
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
      if (e.code === "incomplete-book" && !isRepeated) return this.drawWith(of, drawer, code, askAgain, true);
      const drawnByAnotherTab = !("card" in drawer) && (await this.heldBooks()).some((one) => !this.heldBookIds.includes(one.book.id));
      if (drawnByAnotherTab) return this.resume();
      const isOthers = e.code === "incomplete-book" && this.book !== undefined;
      return askAgain(explain(isOthers ? new Refused("other-address") : e));
    }
    this.heldBookIds.push(drawn);
    await this.drawn(of, drawn, verified, askAgain);
  }

  protected error(key: Key): HTMLElement {
    return h("p", { class: "error", role: "alert" }, t(key, { domains: this.domains() }));
  }

  protected form(
    heading: HTMLElement,
    before: (HTMLElement | undefined)[],
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
    show(this.root, heading, ...before, form, ...after);
  }
}
