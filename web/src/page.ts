/** Shared by the page's scripts: texts, elements, and error messages in plain words. */
import en from "../messages/en.json";
import es from "../messages/es.json";
import { Refused, Unreachable } from "./http";
import { NotWitnessed, ProofFailed } from "./logs";
import { StorageRefused } from "./store";

export type Key = keyof typeof en;

const texts: Record<string, string> = document.documentElement.lang === "es" ? es : en;

/** Returns the text of `key` in the page's language, with its {places} filled in. */
export function t(key: Key, places: Record<string, string | number> = {}): string {
  return texts[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(places[name] ?? ""));
}

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

type Child = Node | string | undefined;

/** Creates an element with attributes and children. No inline styles: the page's policy forbids them. */
export function h(name: string, attributes: Record<string, string | boolean> = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export function button(label: string, onClick: () => void, attributes: Record<string, string> = {}): HTMLElement {
  const element = h("button", { type: "button", class: "button", ...attributes }, label);
  element.addEventListener("click", onClick);
  return element;
}

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
