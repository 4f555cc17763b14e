/** The texts of the recount, which only its scripts load. */
import en from "../../messages/recount.en.json";
import es from "../../messages/recount.es.json";
import { fill } from "../elements";

export type Key = keyof typeof en;

/** Returns the text of `key` in the page's language, which may change, with its {places} filled in. */
export const t = (key: Key, places: Record<string, string | number> = {}): string =>
  fill((document.documentElement.lang === "es" ? es : en)[key], places);

export const isKey = (key: string): key is Key => key in en;

export const number = (n: number): string => n.toLocaleString(document.documentElement.lang === "es" ? "es-US" : "en-US");
