/** The parts of the signing flow's forms. */
import { MAX_STATEMENT, statement } from "./entry";
import type { Bytes } from "./bytes";
import { h, isTextKey, t, type Key } from "./page";

/** A radio button with its label. */
function choice(group: string, name: string, value: string, label: string, checked: boolean): HTMLElement {
  const id = `${name}-${value}`;
  return h(
    "p",
    {},
    h("input", { type: "radio", name, id, value, checked, "data-testid": `${group}-${value}` }),
    " ",
    h("label", { for: id }, label),
  );
}

/** A group of radio buttons; the first is chosen at the start. */
export class Choices {
  readonly element: HTMLElement;

  /** @param name differs from that of other groups on the page */
  constructor(group: string, legend: HTMLElement, labels: Record<string, string>, name = group) {
    const choices = Object.entries(labels).map(([value, label], i) => choice(group, name, value, label, i === 0));
    this.element = h("fieldset", {}, legend, ...choices);
  }

  get chosen(): string {
    return this.element.querySelector<HTMLInputElement>("input:checked")!.value;
  }
}

/** A labelled input with a hint; its id is also its test id. */
export function field(
  label: Key,
  hint: string,
  attributes: Record<string, string | boolean> & { id: string },
): { element: HTMLElement; input: HTMLInputElement } {
  const { id } = attributes;
  const described = { "aria-describedby": `${id}-hint`, "data-testid": id, required: true };
  const input = h("input", { ...attributes, ...described }) as HTMLInputElement;
  const element = h(
    "div",
    { class: "field" },
    h("label", { for: id }, t(label)),
    h("p", { class: "hint", id: `${id}-hint` }, hint),
    input,
  );
  return { element, input };
}

/** A field for a code that a person types from paper or a mail; the name of its label is also its id. */
export const codeField = (id: Key, hint: string, maxlength: number, autocomplete = "off"): ReturnType<typeof field> =>
  field(id, hint, { id, type: "text", autocapitalize: "characters", autocomplete, spellcheck: "false", maxlength: String(maxlength) });

/** What a signer makes public. */
export interface Revealed {
  /** 0 for "not said", else the index in the manifest's list plus 1. */
  affiliation: number;
  statementBytes: Bytes;
}

/** The form for what a signer makes public; `read` returns undefined if name and comment are too long. */
export function revealFields(affiliations: string[]): { element: HTMLElement; read: () => Revealed | undefined } {
  const select = h(
    "select",
    { id: "affiliation", "data-testid": "affiliation" },
    ...affiliations.map((one, i) => h("option", { value: String(i + 1) }, isTextKey(`aff.${one}`) ? t(`aff.${one}` as Key) : one)),
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
  const choices = new Choices("reveal", h("legend", { class: "visually-hidden" }, t("revealTitle")), {
    nothing: t("revealNothing"),
    affiliation: t("revealAffiliation"),
    statement: t("revealStatement"),
  });
  choices.element.addEventListener("change", () => {
    who.hidden = choices.chosen === "nothing";
    words.hidden = choices.chosen !== "statement";
  });
  const read = (): Revealed | undefined => {
    const affiliation = choices.chosen === "nothing" ? 0 : Number(select.value);
    const statementBytes = choices.chosen === "statement" ? statement(name.value, comment.value) : new Uint8Array(0);
    return statementBytes.length > MAX_STATEMENT ? undefined : { affiliation, statementBytes };
  };
  return { element: h("div", {}, choices.element, who, words), read };
}
