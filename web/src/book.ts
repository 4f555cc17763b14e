/** Draws a book (PROTOCOL §4): a token for every box open to the campus, all or nothing. */
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { base64, concat, equal, u16, unbase64, utf8, type Bytes } from "./bytes";
import { keyPair, random, sha256 } from "./crypto";
import { getJson, postJson, Refused } from "./http";
import { asProofFailure, ProofFailed, type Instance } from "./logs";
import { importIssuerKey, parseIssuerKey, parseManifest, type IssuerKey, type Manifest } from "./manifest";
import { readRegister, type Register } from "./register";
import * as store from "./store";

const CLASS = "member";
const suite = RSABSSA.SHA384.PSS.Deterministic();

export const nonceOf = (publicKey: Bytes): Promise<Bytes> => sha256(utf8("undersigned/v1/nonce\0"), publicKey);

/** A box of a book, and the key that signs its tokens; undefined if the box has no class of members. */
export interface BookPage {
  manifest: Manifest;
  key: IssuerKey | undefined;
}

/** How much the clocks of server and device may differ, in ms: within it, a box may be open for one of them only. */
const CLOCKS = 10 * 60_000;

interface BookJson {
  boxes: { box: string; keys: string[] }[];
}

/**
 * Returns every box open to the campus, after it verifies with the whole register that each is the current box of
 * its page and that none is missing, and that the register gives the domain of the person's address, if it is known,
 * to the roll of this campus. Signs nothing; stores only the register.
 */
export async function verifiedBook(of: Instance, campus: string, domain?: string): Promise<BookPage[]> {
  try {
    return await readBook(of, campus, domain);
  } catch (e) {
    if (!(e instanceof ProofFailed)) throw e;
    return readBook(of, campus, domain); // a box may have opened or closed between the two readings
  }
}

async function readBook(of: Instance, campus: string, domain?: string): Promise<BookPage[]> {
  const { boxes } = (await getJson(`/roll/${campus}/book`)) as BookJson;
  const register = await readRegister(of);
  return asProofFailure("book", async () => {
    const campuses = register.rollOf(campus, domain);
    const pages: BookPage[] = [];
    for (const { box, keys } of boxes) {
      const manifest = await currentBox(register, box, campuses);
      if (manifest.host !== of.host) throw new Error(`box ${box} belongs to another instance`);
      if (pages.some((other) => other.manifest.box === box)) throw new Error(`box ${box} is listed twice`);
      pages.push({ manifest, key: await memberKey(manifest, keys) });
    }
    for (const { box, opens, closes } of register.book(campuses, Date.now())) {
      const isCertain = opens + CLOCKS <= Date.now() && Date.now() < closes - CLOCKS;
      if (isCertain && !pages.some((page) => page.manifest.box === box)) throw new Error(`box ${box} is missing`);
    }
    return pages;
  });
}

function currentBox(register: Register, box: string, campuses: Set<string>): Promise<Manifest> {
  const offer = register.offer(box);
  if (offer === undefined) throw new Error(`box ${box} is not in the register`);
  const now = Date.now();
  if (now + CLOCKS < offer.opens || offer.closes <= now - CLOCKS) throw new Error(`box ${box} is not open`);
  if (!register.isCurrent(offer)) throw new Error(`box ${box} is not the current box of ${offer.path}`);
  if (offer.campus !== "*" && !campuses.has(offer.campus)) throw new Error(`box ${box} is a box of ${offer.campus}`);
  return parseManifest(offer.manifest);
}

/** Returns the key of the class of members, which the manifest names by its id. */
async function memberKey(manifest: Manifest, keys: string[]): Promise<IssuerKey | undefined> {
  const named = manifest.classes.find((one) => one.name === CLASS);
  if (named === undefined) return undefined;
  for (const key of await Promise.all(keys.map(parseIssuerKey))) if (equal(key.keyId, named.keyId)) return key;
  throw new Error(`the key of box ${manifest.box} is not the register's`);
}

/** A campus whose members may sign. */
export interface Campus {
  id: string;
  /** The mail domains at which the same name is one person; the first is the main one. */
  domains: string[];
  /** The mail domains at which the same name is another person, each for itself. */
  separateDomains: string[];
}

/** Why an address cannot be used; the name of a message. */
export type AddressFault = "emailBad" | "emailCharacters" | "emailElsewhere";

/**
 * Reads an address as the server does (PROTOCOL §4).
 *
 * @returns the campus with exactly this domain, and the canonical identity: one text for all spellings of the address
 *     (apart from dots and hyphens that a campus folds), so that a repeated draw is recognised
 */
export function readAddress(typed: string, campuses: Campus[]): Drawer | AddressFault {
  const address = typed.trim();
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).toLowerCase();
  if (at < 1 || /\s/.test(address) || !/^[^.].*\..*[^.]$/.test(domain)) return "emailBad";
  if (!/^[a-z0-9._'-]+(\+[a-z0-9._'-]*)?$/i.test(local)) return "emailCharacters";
  const name = local.split("+", 1)[0]!.toLowerCase();
  if (/^\.|\.\.|\.$/.test(name)) return "emailBad";
  for (const campus of campuses) {
    if (campus.domains.includes(domain)) return { campus: campus.id, address, identity: `${name}@${campus.domains[0]!}` };
    if (campus.separateDomains.includes(domain)) return { campus: campus.id, address, identity: `${name}@${domain}` };
  }
  return "emailElsewhere";
}

/**
 * Reads a code as a person types or pastes it: upper or lower case, with blanks or hyphens anywhere.
 *
 * @returns 8 symbols; undefined if it is no code. I and L are read as 1, and O as 0, as the server does.
 */
export function readCode(typed: string): string | undefined {
  const code = typed
    .replace(/[\s\p{Z}\p{Cf}-]/gu, "")
    .toUpperCase()
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : undefined;
}

/** A person about to draw. */
export interface Drawer {
  campus: string;
  /** As the person typed it. */
  address: string;
  /** The canonical identity. */
  identity: string;
}

/**
 * Returns the book to draw into: the `wanted` book; else the book whose draw by the same person is unfinished,
 * because its bytes may be signed already; else a new book, because the same bytes under two addresses would link
 * the two addresses.
 */
async function bookFor({ campus, identity }: Drawer, wanted: number | undefined): Promise<store.Book> {
  for (const book of await store.books()) {
    if (wanted !== undefined && book.id !== wanted) continue;
    const known = book.drawer;
    const same = known !== undefined && equal(known.digest, await sha256(known.salt, utf8(identity)));
    if (same && book.campus === campus) return book;
    if (wanted === undefined) continue;
    if (known !== undefined || book.campus !== campus) throw new Refused("other-address");
    const drawer = await drawerOf(identity);
    await store.setBook({ ...book, drawer });
    return { ...book, drawer };
  }
  return store.addBook({ campus, drawer: await drawerOf(identity) });
}

async function drawerOf(identity: string): Promise<{ salt: Bytes; digest: Bytes }> {
  const salt = random(16);
  return { salt, digest: await sha256(salt, utf8(identity)) };
}

/** Makes the keys and the blinded message, once for each box of a book. Stores them before anything is sent. */
async function prepare(book: number, manifest: Manifest, key: IssuerKey): Promise<store.BoxRecord> {
  const known = await store.box({ book, box: manifest.box });
  if (known !== undefined) {
    if (!equal(known.manifest, manifest.leaf)) throw new Error(`box ${manifest.box} changed its manifest`);
    return known;
  }
  const pair = await keyPair(random(32));
  const tokenInput = concat(u16(2), await nonceOf(pair.publicKey), manifest.challengeDigest, key.keyId);
  const { blindedMsg, inv } = await suite.blind(await importIssuerKey(key), tokenInput);
  const record: store.BoxRecord = {
    book,
    box: manifest.box,
    manifest: manifest.leaf,
    blinded: new Uint8Array(blindedMsg),
    keys: { ...pair, tokenInput },
    inverse: new Uint8Array(inv),
  };
  await store.setBox(record);
  return record;
}

/**
 * Draws the tokens of all boxes with the code that the person typed. A repeated draw sends the same bytes. Leaves out
 * the boxes whose tokens this person drew on another device, or in a browser that forgot them.
 *
 * @param wanted the book of this person that this device already stores, or undefined
 * @returns the book's number
 */
export const draw = (by: Drawer, code: string, pages: BookPage[], wanted?: number): Promise<number> => {
  store.persist();
  return store.withLock(async () => {
    const book = await bookFor(by, wanted);
    const requests: { key: IssuerKey; record: store.BoxRecord }[] = [];
    for (const { manifest, key } of pages) {
      if (key !== undefined) requests.push({ key, record: await prepare(book.id, manifest, key) });
    }
    let wished = requests;
    const request = () =>
      postJson(`/roll/${by.campus}/draw`, {
        address: by.address,
        code,
        requests: wished.map(({ key, record }) => ({ key: base64(key.keyId), blinded: base64(record.blinded) })),
      });
    const drawn = (await request().catch(async (e: unknown) => {
      if (!(e instanceof Refused)) throw e;
      wished = requests.filter(({ key }) => !e.keys.includes(base64(key.keyId)));
      const nothingIsOurs = wished.length === 0 && requests.every(({ record }) => record.token === undefined);
      if (nothingIsOurs) await store.removeBook(book.id);
      if (wished.length === 0 || wished.length === requests.length) throw e;
      return request();
    })) as { responses: { key: string; blind_signature: string }[] };
    await asProofFailure("book", async () => {
      const finished: store.BoxRecord[] = [];
      for (const [i, { key, record }] of wished.entries()) {
        const response = drawn.responses[i];
        if (response === undefined || response.key !== base64(key.keyId))
          throw new Error("a blind signature is missing");
        finished.push(await unblind(key, record, unbase64(response.blind_signature, 256)));
      }
      await store.finishBook(book, finished);
    });
    return book.id;
  });
};

/** Unblinds and verifies the signature (RFC 9474 §4.4), and removes the blinding state. */
async function unblind(key: IssuerKey, record: store.BoxRecord, blindSignature: Bytes): Promise<store.BoxRecord> {
  if (record.keys === undefined || record.inverse === undefined) return record;
  const { tokenInput } = record.keys;
  const authenticator = await suite.finalize(await importIssuerKey(key), tokenInput, blindSignature, record.inverse);
  const { inverse: _, ...rest } = record;
  return { ...rest, token: concat(tokenInput, authenticator) };
}
