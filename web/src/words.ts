/** Reads the text to sign and verifies its digest against the manifest in the register (PROTOCOL §3). */
import { equal, fromUtf8, hex } from "./bytes";
import { sha256 } from "./crypto";
import { getBytes } from "./http";
import { ProofFailed } from "./logs";
import type { Manifest } from "./manifest";
import { h, inLanguage, t, type LocalizedText } from "./page";

/** The signed text. */
interface TextJson {
  title: LocalizedText;
  text: LocalizedText;
  demands?: { text: LocalizedText }[];
}

export interface SignableText {
  manifest: Manifest;
  title: string;
  /** Shows the text, to be read before signing. */
  element: HTMLElement;
}

/** @throws ProofFailed if the box of `manifest` is not the one of the page at `path` */
export function requireThisPage(manifest: Manifest, path: string): void {
  if (manifest.path !== path) throw new ProofFailed(t("wrongPage", { path: manifest.path }));
}

/**
 * Reads and verifies the text to sign.
 *
 * @param shownTitle the title the page shows
 * @throws ProofFailed if the page, the text or the title is not the one that the register's manifest fixes
 */
export async function loadVerifiedText(manifest: Manifest, path: string, shownTitle: string): Promise<SignableText> {
  requireThisPage(manifest, path);
  const text = await loadText(manifest);
  const title = inLanguage(text.title);
  if (shownTitle !== title) throw new ProofFailed(t("wrongTitle", { title }));
  const demands = (text.demands ?? []).map((one) => h("li", { class: "written" }, inLanguage(one.text)));
  const element = h(
    "section",
    { class: "card", "data-testid": "words" },
    h("h3", {}, t("youSign")),
    h("p", {}, h("strong", {}, title)),
    h("p", { class: "written" }, inLanguage(text.text)),
    demands.length > 0 ? h("ol", {}, ...demands) : undefined,
    h("p", { class: "hint" }, t("youSignHint")),
  );
  return { manifest, title, element };
}

/** @throws ProofFailed if the text has another digest than the manifest says */
async function loadText({ textDigest }: Manifest): Promise<TextJson> {
  const bytes = await getBytes(`/text/${hex(textDigest)}.json`);
  if (!equal(await sha256(bytes), textDigest)) throw new ProofFailed(t("wrongText"));
  return JSON.parse(fromUtf8(bytes)) as TextJson;
}

/** The title of the text that people sign, or signed, in this box. */
export const signedTitle = async (manifest: Manifest): Promise<string> => inLanguage((await loadText(manifest)).title);
