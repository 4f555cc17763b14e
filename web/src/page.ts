/** Shared by the page's scripts: texts, elements, and error messages in plain words. */
import en from "../messages/en.json";
import es from "../messages/es.json";
import { fill, h, type Child } from "./elements";
import { Refused, Unreachable } from "./http";
import { NotWitnessed, ProofFailed } from "./logs";
import { StorageRefused } from "./store";

export { button, h } from "./elements";

export type Key = keyof typeof en;

const texts: Record<string, string> = document.documentElement.lang === "es" ? es : en;

/** Returns the text of `key` in the page's language, with its {places} filled in. */
export const t = (key: Key, places: Record<string, string | number> = {}): string => fill(texts[key]!, places);

/** A text in each of the project's languages. */
export interface LocalizedText {
  en: string;
  es: string;
}

export const inLanguage = (words: LocalizedText): string => (document.documentElement.lang === "es" ? words.es : words.en);

export const isTextKey = (key: string): key is Key => key in texts;

/** A date and a time of day in the page's language; `time` in milliseconds since 1970. */
export const moment = (time: number): string =>
  new Date(time).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });

/**
 * Replaces the content of `root` with `parts`. The first heading gets the focus, so that a screen reader reads it.
 */
export function show(root: HTMLElement, ...parts: Child[]): void {
  root.replaceChildren(...parts.filter((part) => part !== undefined));
  const heading = root.querySelector<HTMLElement>("h2");
  if (heading !== null) {
    heading.tabIndex = -1;
    heading.focus();
  }
}

/**
 * Returns an error message in plain words.
 *
 * @param signed true if this device already stores a signature, so that "nothing was signed" would be false
 */
export function explain(error: unknown, signed = false): HTMLElement {
  if (error instanceof ProofFailed) {
    return h(
      "div",
      { class: "error", role: "alert", "data-testid": "proof-failed" },
      h("p", {}, t(signed ? "proofFailedSigned" : "proofFailed")),
      h("p", {}, t("proofDetail", { what: error.message })),
    );
  }
  const withoutSigning = (words: string): string => (signed ? words : `${words} ${t("nothingSigned")}`);
  let words = t("failed");
  if (error instanceof Unreachable) words = t("unreachable");
  if (error instanceof NotWitnessed) words = withoutSigning(t("notWitnessed"));
  if (error instanceof StorageRefused) words = withoutSigning(t("storageRefused"));
  if (error instanceof DOMException && error.name === "QuotaExceededError") words = withoutSigning(t("storageFull"));
  if (error instanceof Refused && isTextKey(`refused.${error.code}`)) words = t(`refused.${error.code}` as Key);
  return h("p", { class: "error", role: "alert" }, words);
}

export const link = (href: string, label: string, attributes: Record<string, string> = {}): HTMLElement =>
  h("p", {}, h("a", { href, ...attributes }, label));
