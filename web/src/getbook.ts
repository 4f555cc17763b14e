/** Draws a book without signing: whoever learns that somebody drew does not learn that they signed. */
import { verifiedBook, type Book } from "./book";
import { DrawingFlow } from "./drawing";
import { loadInstance, type Instance } from "./logs";
import { button, h, link, show, t } from "./page";
import * as store from "./store";

class BookFlow extends DrawingFlow<void> {
  constructor(root: HTMLElement) {
    super(root, 2);
  }

  protected async resume(): Promise<void> {
    this.busy("loading");
    const held = await this.heldBooks();
    this.heldBookIds = held.map(({ book }) => book.id);
    if (held.length === 0) return this.askEmail(await loadInstance());
    const several = held.length > 1;
    show(
      this.root,
      h("h2", { "data-testid": "held" }, t(several ? "bookHeldMany" : "bookHeld")),
      h("p", {}, t("bookHeldText")),
      ...held.map(({ book }) =>
        h("p", {}, button(several ? t("bookMineOf", { n: book.id }) : t("bookMine"), () => void this.attempt(() => this.use(book.id)), { "data-testid": "book-mine" })),
      ),
      h(
        "p",
        {},
        button(t(several ? "heldNoneMine" : "heldNotMine"), () => void this.attempt(async () => this.askEmail(await loadInstance())), {
          class: "button button-secondary",
          "data-testid": "not-mine",
        }),
      ),
    );
  }

  protected async heldBooks(): Promise<store.HeldBook[]> {
    return (await store.booksFor("")).filter(({ book }) => book.isCard !== true && this.campuses.some(({ id }) => id === book.campus));
  }

  /** Goes on with a stored book: it may lack what opened since. */
  private async use(book: number): Promise<void> {
    this.busy("loading");
    this.book = book;
    const of = await loadInstance();
    const { pages } = await verifiedBook(of, this.campuses[0]!.id);
    const stored = (await store.boxes()).filter((one) => one.book === book).map(({ box }) => box);
    if (pages.every(({ manifest }) => stored.includes(manifest.box))) return this.showDone("bookWhole");
    this.askEmail(of);
  }

  protected verify(_: Book): Promise<void> {
    return Promise.resolve();
  }

  protected drawn(_: Instance, book: number): Promise<void> {
    this.book = book;
    this.showDone("bookDrawn");
    return Promise.resolve();
  }

  private showDone(title: "bookDrawn" | "bookWhole"): void {
    const mine = this.data.minePath ?? "";
    show(
      this.root,
      h("h2", { class: "status-ok", "data-testid": "status" }, t(title)),
      h("p", {}, t("bookDrawnText")),
      link(mine, t("mine")),
      link(`${mine}#recovery`, t("recoveryOffer")),
    );
  }
}

const root = document.getElementById("getbook");
if (root !== null) void new BookFlow(root).start();
