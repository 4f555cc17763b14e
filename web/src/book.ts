/** Draws a book (PROTOCOL §4): a token for every box open to the campus, all or nothing. */
import { finalize, type Blinded } from "./blindrsa";
import { base64, concat, equal, unbase64, utf8, type Bytes } from "./bytes";
import { random, sha256 } from "./crypto";
import { getJson, postJson, Refused } from "./http";
import { asProofFailure, ProofFailed, type Instance } from "./logs";
import { parseIssuerKey, parseManifest, type IssuerClass, type IssuerKey, type Manifest } from "./manifest";
import { readRegister, type Register, type Roll } from "./register";
import { blindedBy, keysOf, readSymbols, SECRET_SIZE, type Keys } from "./secret";
import * as store from "./store";

/** How a book is drawn: by e-mail, or with a card. Each has its own keys and its own count. */
export type DrawnClass = "member" | "in-person";

const CLASSES: DrawnClass[] = ["member", "in-person"];

const classNamed = ({ classes }: Manifest, name: DrawnClass): IssuerClass | undefined => classes.find((one) => one.name === name);

/** The keys that a book has for a box: a secret alone does not tell in which class it was drawn. */
export async function possibleKeys(secret: Bytes, manifest: Manifest): Promise<Keys[]> {
  const named = CLASSES.map((name) => classNamed(manifest, name)).filter((one) => one !== undefined);
  return Promise.all(named.map((one) => keysOf(secret, manifest, one)));
}

/** True if these keys are of the class in which people draw with a card. */
export function isOfCard(manifest: Manifest, { tokenInput }: Keys): boolean {
  const named = classNamed(manifest, "in-person");
  return named !== undefined && equal(tokenInput.subarray(-named.keyId.length), named.keyId);
}

/** A box of a book, and the keys that sign its tokens, by the name of the class. */
export interface BookPage {
  manifest: Manifest;
  keys: Map<string, IssuerKey>;
}

/** A verified book: every box open to a campus, and the campus's roll. */
export interface Book {
  roll: Roll;
  pages: BookPage[];
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
export async function verifiedBook(of: Instance, campus: string, domain?: string): Promise<Book> {
  try {
    return await readBook(of, campus, domain);
  } catch (e) {
    if (!(e instanceof ProofFailed)) throw e;
    return readBook(of, campus, domain); // a box may have opened or closed between the two readings
  }
}

async function readBook(of: Instance, campus: string, domain?: string): Promise<Book> {
  const { boxes } = (await getJson(`/roll/${campus}/book`)) as BookJson;
  const register = await readRegister(of);
  return asProofFailure("book", async () => {
    const roll = register.rollOf(campus, domain);
    const campuses = new Set(roll.campuses);
    const pages: BookPage[] = [];
    for (const { box, keys } of boxes) {
      const manifest = await currentBox(register, box, campuses);
      if (manifest.host !== of.host) throw new Error(`box ${box} belongs to another instance`);
      if (pages.some((other) => other.manifest.box === box)) throw new Error(`box ${box} is listed twice`);
      pages.push({ manifest, keys: await issuerKeys(manifest, keys) });
    }
    for (const { box, opens, closes } of register.book(campuses, Date.now())) {
      const isCertain = opens + CLOCKS <= Date.now() && Date.now() < closes - CLOCKS;
      if (isCertain && !pages.some((page) => page.manifest.box === box)) throw new Error(`box ${box} is missing`);
    }
    return { roll, pages };
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

/** Returns the keys of the classes in which people draw, which the manifest names by their ids. */
async function issuerKeys(manifest: Manifest, spkis: string[]): Promise<Map<string, IssuerKey>> {
  const keys = new Map<string, IssuerKey>();
  const parsed = await Promise.all(spkis.map(parseIssuerKey));
  for (const name of CLASSES) {
    const named = classNamed(manifest, name);
    if (named === undefined) continue;
    const key = parsed.find((one) => equal(one.keyId, named.keyId));
    if (key === undefined) throw new Error(`the key of box ${manifest.box} is not the register's`);
    keys.set(name, key);
  }
  return keys;
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
 * @returns the campus with exactly this domain, and the parts of the address
 */
export function readAddress(typed: string, campuses: Campus[]): MailDrawer | AddressFault {
  const address = typed.trim();
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1).toLowerCase();
  if (at < 1 || /\s/.test(address) || !/^[^.].*\..*[^.]$/.test(domain)) return "emailBad";
  if (!/^[a-z0-9._'-]+(\+[a-z0-9._'-]*)?$/i.test(local)) return "emailCharacters";
  const name = local.split("+", 1)[0]!.toLowerCase();
  if (/^\.|\.\.|\.$/.test(name)) return "emailBad";
  for (const campus of campuses) {
    if ([...campus.domains, ...campus.separateDomains].includes(domain)) return { campus: campus.id, address, name, domain };
  }
  return "emailElsewhere";
}

/**
 * The canonical identity (PROTOCOL §4): the same text for all spellings of a person's address, as the register's rules
 * say; of a card its code.
 */
export function identityOf(roll: Roll, by: Pick<MailDrawer, "name" | "domain"> | Pick<CardDrawer, "card">): string {
  if ("card" in by) return by.card;
  const { name, domain } = by;
  let counted = name;
  if (roll.folds.includes("hyphen-tag")) counted = counted.replace(/^([^-]+)-.*/, "$1");
  if (roll.folds.includes("dots")) counted = counted.replaceAll(".", "");
  return `${counted}@${roll.separateDomains.includes(domain) ? domain : roll.id}`;
}

/** Reads a code as a person types or pastes it: 8 symbols; undefined if it is no code. */
export function readCode(typed: string): string | undefined {
  const code = readSymbols(typed);
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : undefined;
}

/** A person about to draw by e-mail. */
export interface MailDrawer {
  campus: string;
  /** As the person typed it. */
  address: string;
  /** What counts before the `@` at every campus: in lower case, without a `+tag`. */
  name: string;
  domain: string;
}

/** A person about to draw with a card. */
export interface CardDrawer {
  campus: string;
  /** The card's code: 28 symbols. */
  card: string;
}

export type Drawer = MailDrawer | CardDrawer;

const isCard = (by: Drawer): by is CardDrawer => "card" in by;

const classOf = (by: Drawer): DrawnClass => (isCard(by) ? "in-person" : "member");

/** The book to draw into: its number on this device, or the secret that a recovery code gave. */
export interface Wanted {
  book?: number | undefined;
  secret?: Bytes | undefined;
}

/**
 * Returns the book to draw into, stored with its secret: the wanted book; else the book whose draw by the same person is
 * unfinished; else a new book, because two people with one secret would get the same tokens, and be counted once.
 */
async function bookFor(by: Drawer, { campuses }: Roll, identity: string, wanted: Wanted): Promise<store.Book & { secret: Bytes }> {
  const { campus } = by;
  const isAny = wanted.book === undefined && wanted.secret === undefined;
  for (const book of await store.books()) {
    if (isAny ? !(await isDrawing(book, identity)) : !isWanted(book, wanted)) continue;
    if (!isAny && book.campus !== undefined && !campuses.includes(book.campus)) throw new Refused("other-address");
    if (!isAny && !isCard(by) && book.isCard === true) throw new Refused("other-way");
    const isFirst = !(await store.boxes()).some((one) => one.book === book.id);
    return keep({ ...book, campus, ...(isCard(by) ? { isCard: true } : {}), ...(isFirst ? { drawer: await drawerOf(identity) } : {}) });
  }
  const isShared = wanted.secret !== undefined;
  const secret = wanted.secret ?? random(SECRET_SIZE);
  const made = { campus, secret, isShared, drawer: await drawerOf(identity), ...(isCard(by) ? { isCard: true } : {}) };
  return { ...(await store.addBook(made)), secret };
}

/** True if it is the book with the secret of a recovery code, or without a code the book with that number. */
const isWanted = (book: store.Book, wanted: Wanted): boolean =>
  wanted.secret === undefined ? book.id === wanted.book : store.isOfSecret(book, wanted.secret);

async function keep(book: store.Book): Promise<store.Book & { secret: Bytes }> {
  const kept = { ...book, secret: book.secret ?? random(SECRET_SIZE) };
  await store.setBook(kept);
  return kept;
}

async function drawerOf(identity: string): Promise<{ salt: Bytes; digest: Bytes }> {
  const salt = random(16);
  return { salt, digest: await sha256(salt, utf8(identity)) };
}

async function isDrawing({ drawer }: store.Book, identity: string): Promise<boolean> {
  return drawer !== undefined && equal(drawer.digest, await sha256(drawer.salt, utf8(identity)));
}

/** A box whose token the book does not have, and the request for it. */
interface Wish {
  manifest: Manifest;
  key: IssuerKey;
  keys: Keys;
  blinded: Blinded;
}

/** Returns the wishes for all boxes of which the book has no token, and had none. */
async function wishesOf(book: store.Book & { secret: Bytes }, { pages }: Book, name: DrawnClass, identity: string): Promise<Wish[]> {
  const wishes: Wish[] = [];
  for (const { manifest, keys: issuers } of pages) {
    const key = issuers.get(name);
    if (key === undefined) continue;
    const record = await store.box({ book: book.id, box: manifest.box });
    if (record !== undefined && (record.token !== undefined || record.keys === undefined)) continue;
    const keys = await keysOf(book.secret, manifest, { name, keyId: key.keyId });
    wishes.push({ manifest, key, keys, blinded: await blindedBy(book.secret, identity, manifest, key, keys) });
  }
  return wishes;
}

/**
 * Draws the tokens that the book lacks, with the code that the person typed, or with a card. The requests come from the book's secret,
 * so a repeated draw sends the same bytes. Leaves out the boxes whose tokens this person drew with another secret, on
 * another device or in a browser that forgot it.
 *
 * @param code from the mail; empty with a card
 * @returns the book's number
 * @throws Refused with `incomplete-book` if a box opened or closed meanwhile, or the tokens that the book has were given
 *     to another address; else with the server's code
 */
export const draw = (by: Drawer, code: string, all: Book, wanted: Wanted = {}): Promise<number> => {
  store.persist();
  return store.withLock(async () => {
    const identity = identityOf(all.roll, by);
    const book = await bookFor(by, all.roll, identity, wanted);
    const lacking = await wishesOf(book, all, classOf(by), identity);
    let wishes = lacking;
    const request = () =>
      postJson(`/roll/${by.campus}/draw${isCard(by) ? "/card" : ""}`, {
        ...(isCard(by) ? { card: by.card } : { address: by.address, code }),
        requests: wishes.map(({ key, blinded }) => ({ key: base64(key.keyId), blinded: base64(blinded.blinded) })),
      });
    const drawn = (await request().catch(async (e: unknown) => {
      if (!(e instanceof Refused)) throw e;
      const isKept = (await store.boxes()).some((one) => one.book === book.id);
      wishes = lacking.filter(({ key }) => !e.keys.includes(base64(key.keyId)));
      if ((wishes.length === 0 || e.code === "card-refused") && !isKept) await store.removeBook(book.id);
      if (wishes.length === 0 || wishes.length === lacking.length) throw e;
      return request();
    })) as { responses: { key: string; blind_signature: string }[] };
    await asProofFailure("book", async () => {
      const finished: store.BoxRecord[] = [];
      for (const [i, wish] of wishes.entries()) {
        const response = drawn.responses[i];
        if (response === undefined || response.key !== base64(wish.key.keyId)) throw new Error("a blind signature is missing");
        finished.push(await unblind(book.id, wish, unbase64(response.blind_signature, 256)));
      }
      await store.finishBook(book, finished);
    });
    return book.id;
  });
};

/** Unblinds and verifies the signature; keeps what is stored of the box already. */
async function unblind(book: number, { manifest, key, keys, blinded }: Wish, blindSignature: Bytes): Promise<store.BoxRecord> {
  const authenticator = await finalize(key, keys.tokenInput, blindSignature, blinded.inverse);
  const known = await store.box({ book, box: manifest.box });
  return { ...known, book, box: manifest.box, manifest: manifest.leaf, keys, token: concat(keys.tokenInput, authenticator) };
}
