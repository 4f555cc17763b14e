/** Draws a book with a card that a person was handed: without an address, and so without a mail that shows it. */
import type { Book } from "./book";
import { DrawingFlow } from "./drawing";
import { codeField } from "./forms";
import { loadInstance, type Instance } from "./logs";
import { button, h, link, show, t } from "./page";
import { scanButton } from "./qr";
import { readCard, readRecoveryCode } from "./secret";
import * as store from "./store";

/** The code that the card's QR code has in the fragment. It does not stay in the address, whatever happens next. */
const scanned = location.hash.slice(1);
history.replaceState(null, "", location.pathname + location.search);

class CardFlow extends DrawingFlow<void> {
  constructor(root: HTMLElement) {
    super(root, 1);
  }

  protected async resume(): Promise<void> {
    this.busy("loading");
    this.heldBookIds = (await this.heldBooks()).map(({ book }) => book.id);
    this.askCard(await loadInstance(), undefined, scanned);
  }

  protected async heldBooks(): Promise<store.HeldBook[]> {
    return (await store.booksFor("")).filter(({ book }) => book.isCard === true && this.campuses.some(({ id }) => id === book.campus));
  }

  private askCard(of: Instance, problem?: HTMLElement, typed = ""): void {
    const { element, input } = codeField("card", t("cardHint"), 300);
    input.value = typed;
    const camera = h("div", { "aria-live": "polite" });
    const scan = scanButton(t("cardScan"), camera, (read) => this.askCard(of, undefined, read.slice(read.indexOf("#") + 1) || input.value));
    this.form(
      h("h2", {}, t("cardTitle")),
      [problem],
      element,
      t("cardUse"),
      async () => {
        const read = await readCard(input.value);
        if (typeof read === "string") return this.askCard(of, this.error(read), input.value);
        this.busy("drawing");
        const drawer = { campus: this.campuses[0]!.id, card: read.card };
        await this.drawWith(of, drawer, "", (refusal) => this.askCard(of, refusal, input.value));
      },
      camera,
      h("div", { class: "actions" }, scan, this.secret === undefined ? this.recoverFirst(of, input) : undefined),
    );
  }

  /** The button for a person who used this card on another device, and kept the recovery code of its book. */
  private recoverFirst(of: Instance, card: HTMLInputElement): HTMLElement {
    const ask = (): void => this.askRecovery(of, card.value);
    return button(t("haveRecovery"), ask, { class: "button button-secondary", "data-testid": "have-recovery" });
  }

  private askRecovery(of: Instance, card: string, problem?: HTMLElement, typed = ""): void {
    const { element, input } = codeField("recovery", t("cardRecoveryHint"), 80);
    input.value = typed;
    this.form(h("h2", {}, t("recoveryTitle")), [problem], element, t("next"), async () => {
      const secret = await readRecoveryCode(input.value);
      if (typeof secret === "string") return this.askRecovery(of, card, this.error(secret), input.value);
      this.secret = secret;
      this.askCard(of, undefined, card);
    });
  }

  protected verify(_: Book): Promise<void> {
    return Promise.resolve();
  }

  protected drawn(_: Instance, __: number): Promise<void> {
    const mine = this.data.minePath ?? "";
    show(
      this.root,
      h("h2", { class: "status-ok", "data-testid": "status" }, t("cardDrawn")),
      h("p", {}, t("cardDrawnText")),
      link(`${mine}#recovery`, t("recoveryOffer")),
    );
    return Promise.resolve();
  }
}

const root = document.getElementById("card-flow");
if (root !== null) void new CardFlow(root).start();
