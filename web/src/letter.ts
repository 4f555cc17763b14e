/**
 * Composes letters (J6). Everything stays on this device: nothing here sends a request to the server. Printing lays
 * out one page per recipient; mailing opens the device's own mail program.
 */
import "./live";
import { button, h, show, t } from "./page";

/** The height between the margins of a sheet, Letter or A4, in pixels (96 per inch). */
const SHEET_HEIGHT = 890;

/** Some mail programs cut longer mailto addresses, and some systems refuse them. */
const LONGEST_MAILTO = 1_900;

interface Recipient {
  name: string;
  office: string;
  group: string;
  address: string;
  mail: string;
}

interface Letter {
  subject: string;
  template: string;
  own: string;
  writer: string;
  place: string;
}

function salutation(to: Recipient): string {
  return t("letterDear", { name: to.name === "" ? to.office : to.name });
}

/** Returns the paragraphs of a letter to one recipient. */
function paragraphs(letter: Letter, to: Recipient): string[] {
  const own = letter.own.split(/\n\s*\n/).map((one) => one.trim());
  return [salutation(to), letter.template, ...own, t("letterClose"), letter.writer].filter((one) => one !== "");
}

/** Returns the mailto address of a letter; undefined if it is too long for some mail programs. */
function mailto(letter: Letter, to: Recipient): string | undefined {
  const body = paragraphs(letter, to).join("\r\n\r\n");
  const address = `mailto:${encodeURIComponent(to.mail).replace("%40", "@")}?subject=${encodeURIComponent(letter.subject)}&body=${encodeURIComponent(body)}`;
  return address.length > LONGEST_MAILTO ? undefined : address;
}

function recipients(): Recipient[] {
  return [...document.querySelectorAll<HTMLElement>("#recipients > li")].map(({ dataset }) => ({
    name: dataset.name ?? "",
    office: dataset.office ?? "",
    group: dataset.group ?? "",
    address: dataset.address ?? "",
    mail: dataset.mail ?? "",
  }));
}

function field(id: string, label: string, input: HTMLElement, hint?: string): HTMLElement {
  input.id = id;
  if (hint !== undefined) input.setAttribute("aria-describedby", `${id}-hint`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    hint === undefined ? undefined : h("p", { class: "hint", id: `${id}-hint` }, hint),
    input,
  );
}

class Composer {
  private readonly all = recipients();
  private readonly group = h("select", { "data-testid": "letter-group" }) as HTMLSelectElement;
  private readonly to = h("select", { "data-testid": "letter-to" }) as HTMLSelectElement;
  private readonly name = h("input", { maxlength: "120", autocomplete: "off", "data-testid": "letter-name" }) as HTMLInputElement;
  private readonly address = h("textarea", { rows: "3", maxlength: "400", autocomplete: "off" }) as HTMLTextAreaElement;
  private readonly mail = h("input", { type: "email", maxlength: "254", autocomplete: "off", "data-testid": "letter-mail" }) as HTMLInputElement;
  private readonly own = h("textarea", { rows: "7", maxlength: "4000", "data-testid": "letter-own" }) as HTMLTextAreaElement;
  private readonly writer = h("input", { maxlength: "120", autocomplete: "off", "data-testid": "letter-writer" }) as HTMLInputElement;
  private readonly place = h("textarea", { rows: "2", maxlength: "300", autocomplete: "off" }) as HTMLTextAreaElement;
  private readonly preview = h("div", { class: "letter", "data-testid": "letter-preview" });
  private readonly mailLink = h("a", { class: "button button-secondary", "data-testid": "letter-open-mail" }, t("letterOpenMail"));
  private readonly status = h("p", { role: "status", "data-testid": "letter-status" });

  /** The recipients as the writer completed them, by the recipient as listed. */
  private readonly completed = new Map<Recipient, Recipient>();
  /** The recipients of the next print, if a button started it; else undefined. */
  private printing: Recipient[] | undefined;
  /** True if the writer typed text and has not printed, mailed or copied it. */
  private unsent = false;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    const groups = [...new Set(this.all.map((one) => one.group))];
    this.group.append(h("option", { value: "" }, t("letterEveryone")), ...groups.map((one) => h("option", { value: one }, one)));
    const form = h(
      "div",
      { class: "no-print" },
      groups.length > 1 ? field("letter-group", t("letterGroup"), this.group) : undefined,
      this.all.length > 1 ? field("letter-to", t("letterTo"), this.to) : undefined,
      field("letter-name", t("letterName"), this.name, t("letterNameHint")),
      field("letter-address", t("letterAddress"), this.address),
      field("letter-mail", t("letterMail"), this.mail),
      field("letter-own", t("letterOwn"), this.own, t("letterOwnHint")),
      field("letter-writer", t("letterWriter"), this.writer),
      field("letter-place", t("letterPlace"), this.place),
    );
    const actions = h(
      "div",
      { class: "actions no-print" },
      button(t("letterPrint"), () => this.print([this.chosenRecipient()]), { "data-testid": "letter-print" }),
      this.all.length > 1
        ? button(t("letterPrintAll"), () => this.print(this.chosenRecipients()), { class: "button button-secondary", "data-testid": "letter-print-all" })
        : undefined,
      this.mailLink,
      button(t("letterCopy"), () => void this.copy(), { class: "button button-secondary" }),
    );
    this.root.append(form, h("h3", { class: "no-print" }, t("letterPreview")), this.preview, actions, this.status);
    this.group.addEventListener("change", () => this.list());
    this.to.addEventListener("change", () => this.fill());
    for (const one of [this.name, this.address, this.mail]) one.addEventListener("input", () => this.complete());
    this.root.addEventListener("input", (event) => {
      this.unsent ||= event.target !== this.to && event.target !== this.group;
      this.draw();
    });
    this.mailLink.addEventListener("click", (event) => this.openMail(event));
    addEventListener("beforeprint", () => this.layOut());
    addEventListener("afterprint", () => (this.printing = undefined));
    addEventListener("beforeunload", (event) => {
      if (this.unsent) event.preventDefault();
    });
    this.list();
  }

  /** The recipients of the chosen group. */
  private chosenRecipients(): Recipient[] {
    return this.all.filter((one) => this.group.value === "" || one.group === this.group.value);
  }

  private list(): void {
    this.to.replaceChildren(
      ...this.chosenRecipients().map((one, i) => h("option", { value: String(i) }, one.name === "" ? one.office : `${one.name}, ${one.office}`)),
    );
    this.fill();
  }

  private fill(): void {
    const to = this.recipient(this.chosenRecipient());
    this.name.value = to.name;
    this.address.value = to.address;
    this.mail.value = to.mail;
    this.draw();
  }

  /** The chosen recipient as listed, without the writer's changes. */
  private chosenRecipient(): Recipient {
    return this.chosenRecipients()[Number(this.to.value || 0)]!;
  }

  /** The recipient as the writer completed it. */
  private recipient(listed: Recipient): Recipient {
    return this.completed.get(listed) ?? listed;
  }

  private complete(): void {
    this.completed.set(this.chosenRecipient(), {
      ...this.chosenRecipient(),
      name: this.name.value.trim(),
      address: this.address.value.trim(),
      mail: this.mail.value.trim(),
    });
  }

  private letter(): Letter {
    return {
      subject: this.root.dataset.subject ?? "",
      template: this.root.dataset.template ?? "",
      own: this.own.value,
      writer: this.writer.value.trim(),
      place: this.place.value.trim(),
    };
  }

  private page(listed: Recipient): HTMLElement {
    const to = this.recipient(listed);
    const letter = this.letter();
    const lines = (text: string): (Node | string)[] => text.split("\n").flatMap((line, i) => (i === 0 ? [line] : [h("br"), line]));
    const date = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    return h(
      "article",
      { class: "letter-page" },
      h("p", {}, ...lines([letter.writer, letter.place].filter((one) => one !== "").join("\n"))),
      h("p", {}, date),
      h("p", {}, ...lines([to.name, to.office, to.address].filter((one) => one !== "").join("\n"))),
      ...paragraphs(letter, to).map((one, i, all) =>
        h("p", letter.writer !== "" && i === all.length - 1 ? { class: "letter-name" } : {}, ...lines(one)),
      ),
    );
  }

  private draw(): void {
    const page = this.page(this.chosenRecipient());
    show(this.preview, page);
    this.mailLink.setAttribute("href", this.mailAddress() ?? "#compose");
    this.status.textContent = this.shrinkToFit(page.cloneNode(true) as HTMLElement) ? "" : t("letterLong");
  }

  /** Sets a letter in smaller type if it is too long for one page. True if it then fits. */
  private shrinkToFit(page: HTMLElement): boolean {
    const sheet = h("div", { class: "sheet", "aria-hidden": "true" }, page);
    document.body.append(sheet);
    const height = (): number => page.getBoundingClientRect().height;
    if (height() > SHEET_HEIGHT) page.classList.add("letter-small");
    const fits = height() <= SHEET_HEIGHT;
    sheet.remove();
    return fits;
  }

  /** Lays out the pages to print from the current input. The browser's own print command also calls this. */
  private layOut(): void {
    const pages = (this.printing ?? [this.chosenRecipient()]).map((one) => this.page(one));
    const fit = pages.map((page) => this.shrinkToFit(page));
    if (fit.includes(false)) this.status.textContent = t("letterLong");
    document.getElementById("letters")?.replaceChildren(...pages);
  }

  private print(to: Recipient[]): void {
    this.printing = to;
    this.layOut();
    this.unsent = false;
    window.print();
  }

  private mailAddress(): string | undefined {
    return mailto(this.letter(), this.recipient(this.chosenRecipient()));
  }

  private openMail(event: Event): void {
    if (this.mailAddress() === undefined) {
      event.preventDefault();
      this.status.textContent = t("letterTooLong");
    } else {
      this.unsent = false;
    }
  }

  private async copy(): Promise<void> {
    const words = paragraphs(this.letter(), this.recipient(this.chosenRecipient())).join("\n\n");
    const copied = await (navigator.clipboard?.writeText(words) ?? Promise.reject(new Error("no clipboard"))).then(
      () => true,
      () => false,
    );
    this.unsent &&= !copied;
    this.status.textContent = t(copied ? "copy" : "letterNotCopied");
  }
}

const root = document.getElementById("compose");
if (root !== null) new Composer(root).start();
