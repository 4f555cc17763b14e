/** The signing flow (J1): e-mail, code, what to make public, signature, and the proof from the public log. */
import { isOfCard, possibleKeys, verifiedBook, type Book } from "./book";
import { findCast, keepCast, prepareEntry, type Cast } from "./casting";
import type { Bytes } from "./bytes";
import { DrawingFlow, type AskAgain } from "./drawing";
import { codeField, revealFields, type Revealed } from "./forms";
import { Refused } from "./http";
import { asProofFailure, boxLog, loadInstance, newestCheckpoint, ProofFailed, type Instance } from "./logs";
import { parseManifest, type Manifest } from "./manifest";
import { button, explain, h, show, t, type Key } from "./page";
import { Progress } from "./progress";
import { scanButton } from "./qr";
import { readRegister } from "./register";
import { relayOf, type Relay } from "./relay";
import { readRecoveryCode } from "./secret";
import { describeState } from "./state";
import * as store from "./store";
import { wayChoices } from "./when";
import { requireThisPage, loadVerifiedText, signedTitle, type SignableText } from "./words";

class SigningFlow extends DrawingFlow<SignableText> {
  private readonly box: string;
  /** The path of the page whose text is signed. */
  private readonly path = location.pathname.replace(/\/sign$/, "");
  /** The number of leaves in the box's log when the page opened. */
  private after = 0;
  /** The progress of the stored entry, if the person signed. */
  private progress: Progress | undefined;

  constructor(root: HTMLElement) {
    super(root, 4);
    this.box = this.data.box ?? "";
  }

  protected override hasSigned(): boolean {
    return this.progress !== undefined;
  }

  private boxKey(): store.BoxKey {
    if (this.book === undefined) throw new Error("no book is chosen");
    return { book: this.book, box: this.box };
  }

  /**
   * Continues where this device stopped. Asks the person whose book is stored here, unless there is only one and
   * its owner has signed with it.
   */
  protected async resume(): Promise<void> {
    this.busy("loading");
    // all that signing needs from the server is read here, by everybody: whoever only looks makes the same requests
    const of = await loadInstance();
    this.after = (await newestCheckpoint(of, boxLog(of, this.box))).size;
    await relayOf(of);
    const heldBooks = await this.heldBooks();
    this.heldBookIds = heldBooks.map(({ book }) => book.id);
    const [only] = heldBooks;
    if (only === undefined) return this.begin();
    if (heldBooks.length === 1 && only.record?.entry !== undefined) return this.use(only);
    this.askWhose(heldBooks);
  }

  /** The books on this device with which somebody may sign here. */
  protected async heldBooks(): Promise<store.HeldBook[]> {
    return (await store.booksFor(this.box)).filter(({ book, record }) => {
      if (record !== undefined) return true;
      return book.isCard !== true && (book.campus === undefined || this.campuses.some(({ id }) => id === book.campus));
    });
  }

  private askWhose(heldBooks: store.HeldBook[]): void {
    const mine = (one: store.HeldBook, label: string): HTMLElement =>
      h("p", {}, button(label, () => void this.attempt(() => this.use(one)), { "data-testid": "book-mine" }));
    const several = heldBooks.length > 1;
    show(
      this.root,
      h("h2", {}, several ? t("heldTitleOf", { n: heldBooks.length }) : t("heldTitle")),
      h("p", {}, t("heldText"), several ? ` ${t("heldOrder")}` : undefined),
      ...heldBooks.map((one) => mine(one, several ? t("heldMineOf", { n: one.book.id, state: describeState(one.record) }) : t("heldMine"))),
      this.notMine(several ? "heldNoneMine" : "heldNotMine"),
      this.haveRecovery(),
    );
  }

  /** The ways for a person who drew their book on another device, or was handed a card. */
  protected override haveRecovery(): HTMLElement {
    const ask = (): Promise<void> => loadInstance().then((of) => this.askRecovery(of));
    const recovery = button(t("haveRecovery"), () => void this.attempt(ask), { class: "button button-secondary", "data-testid": "have-recovery" });
    const { cardPath } = this.data;
    return h("div", { class: "actions" }, recovery, cardPath === undefined ? undefined : h("a", { href: cardPath, "data-testid": "have-card" }, t("haveCard")));
  }

  /** The button for a person who did not draw the stored book. */
  private notMine(label: Key): HTMLElement {
    const out = button(t(label), () => void this.attempt(() => this.begin()), {
      class: "button button-secondary",
      "data-testid": "not-mine",
    });
    return h("p", {}, out);
  }

  private async use({ book, record }: store.HeldBook): Promise<void> {
    this.busy("loading");
    this.book = book.id;
    if (record?.entry === undefined && book.isShared && book.secret !== undefined) {
      const of = await loadInstance();
      if (await this.keepFound(book.id, await this.find(of, book.secret))) return this.proceed(of);
    }
    if (record === undefined) return this.begin(book.id);
    const manifest = await asProofFailure("manifest", () => parseManifest(record.manifest));
    requireThisPage(manifest, this.path);
    const of = await loadInstance();
    if (record.entry !== undefined) return this.proceed(of);
    const register = await readRegister(of);
    if (register.current(this.path)?.box !== manifest.box) throw new ProofFailed(t("notCurrent", { path: this.path }));
    if (record.token !== undefined) return this.askReveal(await this.loadText(manifest));
    show(this.root, h("h2", { "data-testid": "spent" }, t("bookSpent")), h("p", {}, t("spentText")), this.notMine("heldNotMine"), this.haveRecovery());
  }

  private loadText(manifest: Manifest): Promise<SignableText> {
    return loadVerifiedText(manifest, this.path, document.querySelector("h1")?.textContent.trim() ?? "");
  }

  /** Starts the draw of a new book; or, if `book` is given, of the tokens that this book lacks. */
  private async begin(book?: number): Promise<void> {
    this.busy("loading");
    this.book = book;
    this.secret = undefined;
    this.progress?.stop();
    this.progress = undefined;
    const of = await loadInstance();
    await this.currentText(of);
    this.askEmail(of);
  }

  /** The text of this page, verified. */
  private async currentText(of: Instance): Promise<SignableText> {
    return this.loadText(this.manifest(await verifiedBook(of, this.campuses[0]!.id)));
  }

  protected verify(book: Book): Promise<SignableText> {
    return this.loadText(this.manifest(book));
  }

  /** Continues with the drawn book: to the entry, or to what is to be made public. */
  protected async drawn(of: Instance, drawn: number, text: SignableText, askAgain: AskAgain): Promise<void> {
    const record = await store.box({ book: drawn, box: this.box });
    // this person has the token elsewhere; somebody else who types an address here gets a book of their own
    if (record?.token === undefined) return askAgain(explain(new Refused("key-already-issued")));
    this.book = drawn;
    if (record.entry !== undefined) return this.proceed(of);
    this.askReveal(text);
  }

  private manifest({ pages }: Book): Manifest {
    const manifest = pages.find((page) => page.manifest.box === this.box)?.manifest;
    if (manifest === undefined) throw new Refused("box-closed");
    return manifest;
  }

  /** Looks for what was signed with a book in all boxes that this page ever had: its words may have changed. */
  private async find(of: Instance, secret: Bytes): Promise<Cast[]> {
    this.busy("searching");
    const found: Cast[] = [];
    for (const offer of (await readRegister(of)).boxesOf(this.path)) {
      const manifest = await parseManifest(offer.manifest);
      const cast = await findCast(of, manifest, await possibleKeys(secret, manifest));
      if (cast !== undefined) found.push(cast);
    }
    return found;
  }

  /** Stores what other devices signed with the book. Returns true if this page's words are among it. */
  private async keepFound(book: number, found: Cast[]): Promise<boolean> {
    for (const cast of found) await keepCast(book, await signedTitle(cast.manifest), cast);
    if (found.some(({ manifest, keys }) => isOfCard(manifest, keys))) await store.markCard(book);
    this.book = book;
    return found.some(({ manifest }) => manifest.box === this.box);
  }

  /** Takes a recovery code, and shows what was signed here with its book; else goes on to draw that book. */
  private askRecovery(of: Instance, problem?: HTMLElement, typed = ""): void {
    const { element, input } = codeField("recovery", t("recoveryHint"), 80);
    input.value = typed;
    const camera = h("div", { "aria-live": "polite" });
    const scan = scanButton(t("scan"), camera, (read) => void this.recoverScanned(of, input, read));
    this.form(
      h("h2", {}, t("recoveryTitle")),
      [problem],
      element,
      t("next"),
      async () => {
        const secret = await readRecoveryCode(input.value);
        if (typeof secret === "string") return this.askRecovery(of, this.error(secret), input.value);
        await this.recover(of, secret);
      },
      camera,
      h("div", { class: "actions" }, scan, button(t("cancel"), () => void this.attempt(() => this.resume()), { class: "button button-secondary" })),
    );
  }

  private async recoverScanned(of: Instance, input: HTMLInputElement, read: string): Promise<void> {
    input.value = read;
    const secret = await readRecoveryCode(read);
    if (typeof secret === "string") return this.askRecovery(of, this.error(secret), read);
    await this.attempt(() => this.recover(of, secret));
  }

  private async recover(of: Instance, secret: Bytes): Promise<void> {
    this.busy("loading");
    this.book = undefined;
    const text = await this.currentText(of);
    const found = await this.find(of, secret);
    const known = (await store.books()).some((one) => store.isOfSecret(one, secret));
    if (known || found.length > 0) {
      store.persist();
      const { id } = await store.bookOf(secret);
      this.heldBookIds.push(id);
      if (await this.keepFound(id, found)) return this.proceed(of);
      const record = await store.box({ book: id, box: this.box });
      if (record?.entry !== undefined) return this.proceed(of);
      if (record?.token !== undefined) return this.askReveal(text);
    }
    if (found.some(({ manifest, keys }) => isOfCard(manifest, keys))) throw new Refused("other-way");
    this.secret = secret;
    const notice = t(found.length > 0 ? "recoveryEarlier" : "recoveryNotSigned");
    this.askEmail(of, h("p", { class: "notice", role: "status", "data-testid": "not-signed-yet" }, notice));
  }

  private askReveal(text: SignableText, problem?: HTMLElement): void {
    const { element, read } = revealFields(text.manifest.affiliations);
    this.form(this.heading(3, "revealTitle"), [problem], element, t("next"), async () => {
      const revealed = read();
      if (revealed === undefined) return this.askReveal(text, this.error("tooLong"));
      this.askSend(text, revealed, await relayOf(await loadInstance()));
      return undefined;
    });
  }

  private askSend(text: SignableText, { affiliation, statementBytes }: Revealed, relay: Relay | undefined): void {
    const { title, element } = text;
    const way = wayChoices(relay, text.manifest.closes);
    this.form(
      this.heading(4, "signTitle"),
      [element, h("p", {}, t("signHint"))],
      way.element,
      this.data.action ?? t("sign", { title }),
      async () => {
        const sending = way.sending();
        this.busy("signing");
        const of = await loadInstance();
        await prepareEntry(this.boxKey(), this.after, title, affiliation, statementBytes, sending);
        await this.proceed(of);
      },
    );
  }

  /** Continues from the stored entry to its proof. */
  private async proceed(of: Instance): Promise<void> {
    this.progress?.stop();
    this.progress = new Progress(of, this.boxKey(), {
      root: this.root,
      recordPath: this.data.recordPath ?? "",
      minePath: this.data.minePath ?? "",
      attempt: (step) => this.attempt(step),
      notMine: () => this.notMine("signatureNotMine"),
    });
    await this.progress.proceed();
  }

}

const root = document.getElementById("sign");
if (root !== null) void new SigningFlow(root).start();
