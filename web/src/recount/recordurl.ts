/** The address that a person gives: a petition's page, its record page, or a box's folder. */
import { isBoxId } from "./fields";
import { get, HttpSite, type Site } from "./site";

const BOX_PATH = /^\/log\/box\/([a-z2-7]{26})(?:\/.*)?$/;
const HOST = /^([^\s%]+\.[^\s%]+|localhost|\[[0-9a-f:.]+\])$/;
const LINK = /<([^>]*)>\s*;\s*rel="?urn:undersigned:record"?/;

/** The address is no petition's, or cannot be read: the message says what is wrong with it. */
export class WrongAddress extends Error {
  override readonly name = "WrongAddress";

  /** @param reason the key of the message for people */
  constructor(readonly reason: "notAnAddress" | "noAnswer" | "noRecord" | "otherHost") {
    super(reason);
  }
}

export interface RecordUrl {
  site: Site;
  box: string;
  /** Of the page; undefined if the address is a box's folder. */
  path: string | undefined;
}

/** @throws WrongAddress if it is no http or https address */
export function parseAddress(text: string): URL {
  const typed = text.trim();
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`);
    if (/^https?:$/.test(url.protocol) && HOST.test(url.hostname) && url.username === "" && url.password === "") return url;
  } catch {
    // throws below
  }
  throw new WrongAddress("notAnAddress");
}

/**
 * Finds the box: for a page, the site names it, and the recount checks that the box belongs to the page.
 *
 * @throws WrongAddress if there is no answer, which is also what a page that other hosts may not read looks like, or if
 *     the page names no record
 */
export async function recordUrl(text: string): Promise<RecordUrl> {
  const url = parseAddress(text);
  const direct = BOX_PATH.exec(url.pathname);
  if (direct !== null && isBoxId(direct[1]!)) return { site: new HttpSite(url.origin), box: direct[1]!, path: undefined };

  const asked = url.pathname;
  url.hash = "";
  url.pathname = asked.replace(/\/(record|sign)$/, ""); // pages of other hosts may read only the page itself
  const answer = await get(url, "follow").catch(() => {
    throw new WrongAddress("noAnswer");
  });
  const came = new URL(answer.url);
  const isUpgraded = came.protocol === "https:" && url.protocol === "http:";
  if (came.hostname !== url.hostname || (came.origin !== url.origin && !isUpgraded)) throw new WrongAddress("otherHost");
  const link = LINK.exec(answer.headers.get("Link") ?? "");
  const box = link === null ? null : BOX_PATH.exec(new URL(link[1]!, came).pathname);
  if (box === null || !isBoxId(box[1]!)) throw new WrongAddress("noRecord");
  return { site: new HttpSite(came.origin), box: box[1]!, path: asked };
}
