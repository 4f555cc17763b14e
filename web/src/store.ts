/**
 * What this device stores, in IndexedDB, until "forget everything": the instance's key and witnesses as first seen, the leaves of
 * its register, the newest checkpoint seen of each other log, the books drawn here with their secrets, and for each box of a book the keys, the
 * token and what was cast.
 */
import { equal, type Bytes } from "./bytes";
import type { Sealed } from "./ohttp";
import type { Keys } from "./secret";

/** An entry or a withdrawal that is cast into a box's log. */
export interface Casting {
  /** The bytes to send, the same at every repetition; undefined if another device with the same book sent it. */
  request?: Bytes;
  leafHash: Bytes;
  /** The box's published size before the request was made: the leaf's index is this or higher. */
  after: number;
  /** When to send, in milliseconds since 1970; the person chose now or a random time. */
  sendAt: number;
  /** True if it goes through the relay. */
  isRelayed?: boolean;
  /** Sealed for the relay. */
  sealed?: Sealed | undefined;
  /** When the relay last said that it has it, in milliseconds since 1970. */
  takenAt?: number | undefined;
  /** The code with which the box refused it for good. */
  refused?: string;
  promise?: string;
  found?: { index: number; size: number };
}

/** One person's book. Several people may draw books on one device; a finished book does not record its owner. */
export interface Book {
  /** 1, 2, 3 in the order in which the books were drawn here. */
  id: number;
  /** Undefined until the first draw on this device, if the book came from a recovery code. */
  campus?: string;
  /** True if it was drawn with a card: its tokens are of the class `in-person`, and it gets none for what opens later. */
  isCard?: boolean;
  /** All its keys come from it; undefined after "forget what I signed", until the next draw. */
  secret?: Bytes;
  /** True if a recovery code gave it: another device may have signed with it. */
  isShared?: boolean;
  /** True if the book has tokens that do not come from its secret, because "forget what I signed" deleted an earlier one. */
  isPartial?: boolean;
  /** The person whose first draw is unfinished, as `SHA-256(salt ‖ identity)`; deleted when the draw is finished. */
  drawer?: { salt: Bytes; digest: Bytes };
}

/** The key of a stored record: the book's number and the box. */
export interface BoxKey {
  book: number;
  box: string;
}

export interface BoxRecord extends BoxKey {
  /** The register's leaf that opened the box. */
  manifest: Bytes;
  /** Undefined after "forget what I signed": the token is used, and nothing here identifies its entry. */
  keys?: Keys;
  /** Undefined if this device did not draw it. */
  token?: Bytes;
  title?: string;
  entry?: Casting;
  withdrawal?: Casting;
}

/** The newest checkpoint of a log that this device has verified. */
export interface SeenCheckpoint {
  origin: string;
  size: number;
  root: Bytes;
}

/** An instance's register key and witnesses, as this device knows them. */
export interface Pin {
  vkey: string;
  witnesses: string[];
  quorum: number;
}

const PIN = "instance";
const NAME = "undersigned";
const VERSION = 1;

/** The browser lets this site store nothing. */
export class StorageRefused extends Error {
  override readonly name = "StorageRefused";
}

async function open(): Promise<IDBDatabase> {
  try {
    return await new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, VERSION);
      request.onupgradeneeded = () => {
        const database = request.result;
        database.createObjectStore("pins");
        database.createObjectStore("seen", { keyPath: "origin" });
        database.createObjectStore("leaves");
        database.createObjectStore("books", { keyPath: "id", autoIncrement: true });
        database.createObjectStore("boxes", { keyPath: ["book", "box"] });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("no reason given"));
    });
  } catch (e) {
    throw new StorageRefused(String(e));
  }
}

/** True if something is stored on this device; does not create the database. */
export const isStored = (): Promise<boolean> =>
  new Promise((resolve) => {
    const request = indexedDB.open(NAME);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => {
      request.result.close();
      resolve(true);
    };
    request.onerror = () => resolve(false);
  });

/** Asks the browser to keep what is stored here until the person deletes it. It may refuse, or ask the person. */
export function persist(): void {
  navigator.storage?.persist?.().catch(() => false);
}

/** Runs one transaction; the data is on disk when the promise resolves. */
async function run<T>(
  names: string | string[],
  mode: IDBTransactionMode,
  work: (of: IDBTransaction) => IDBRequest<T> | undefined,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(names, mode, { durability: "strict" });
      const request = work(transaction);
      transaction.oncomplete = () => resolve(request?.result as T);
      transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
    });
  } finally {
    database.close();
  }
}

const get = <T>(name: string, work: (from: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
  run(name, "readonly", (of) => work(of.objectStore(name)));
const put = (name: string, value: unknown, key?: IDBValidKey): Promise<unknown> =>
  run(name, "readwrite", (of) => of.objectStore(name).put(value, key));

/** Runs `work` in one tab at a time, so that no other tab changes what it reads before it writes. */
export const withLock = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks.request(NAME, work) as Promise<T>;

/** The instance at this address, as this device knows it: there is one, whatever name the server claims. */
export const pin = (): Promise<Pin | undefined> => get("pins", (s) => s.get(PIN));
export const setPin = (value: Pin): Promise<unknown> => put("pins", value, PIN);
export const newestSeen = (origin: string): Promise<SeenCheckpoint | undefined> => get("seen", (s) => s.get(origin));
export const setNewestSeen = (value: SeenCheckpoint): Promise<unknown> => put("seen", value);
/** The leaves of a log that this device has verified, from the first on; none if it has not read the log. */
export const keptLeaves = async (origin: string): Promise<Bytes[]> =>
  (await get("leaves", (s) => s.get(origin) as IDBRequest<Bytes[] | undefined>)) ?? [];
export const keepLeaves = (origin: string, leaves: Bytes[]): Promise<unknown> => put("leaves", leaves, origin);
export const books = (): Promise<Book[]> => get("books", (s) => s.getAll());
export const setBook = (value: Book): Promise<unknown> => put("books", value);
/** Notes that a book was drawn with a card. */
export const markCard = (id: number): Promise<void> =>
  withLock(async () => {
    const book = (await books()).find((one) => one.id === id);
    if (book !== undefined) await setBook({ ...book, isCard: true });
  });
export const addBook = async (value: Omit<Book, "id">): Promise<Book> => ({ ...value, id: (await put("books", value)) as number });
export const box = ({ book, box }: BoxKey): Promise<BoxRecord | undefined> => get("boxes", (s) => s.get([book, box]));
export const boxes = (): Promise<BoxRecord[]> => get("boxes", (s) => s.getAll());
export const setBox = (value: BoxRecord): Promise<unknown> => put("boxes", value);

/** Ends a draw, all or nothing: stores every token and deletes the record of the person who drew. */
export const finishBook = ({ drawer: _, ...book }: Book, records: BoxRecord[]): Promise<unknown> =>
  run(["books", "boxes"], "readwrite", (of) => {
    for (const record of records) of.objectStore("boxes").put(record);
    of.objectStore("books").put(book satisfies Book);
    return undefined;
  });

/** Removes a book of which no box is stored. */
export const removeBook = (id: number): Promise<unknown> => run("books", "readwrite", (of) => of.objectStore("books").delete(id));

/** A book on this device, and its record for one box; undefined if there is none. */
export interface HeldBook {
  book: Book;
  record: BoxRecord | undefined;
}

/** Returns the books drawn here, in the order of their draws, without those whose draw is unfinished. */
export async function booksFor(box: string): Promise<HeldBook[]> {
  const records = await boxes();
  return (await books())
    .map((book) => ({ book, of: records.filter((one) => one.book === book.id) }))
    .filter(({ of }) => of.length > 0)
    .map(({ book, of }) => ({ book, record: of.find((one) => one.box === box) }));
}

/**
 * Deletes every entry, its keys and its token, the secrets of the books that signed, which would give the keys again, and
 * the checkpoints of those boxes, which tell the batch. Retains unused tokens and their keys.
 */
export const forgetSigned = (): Promise<void> =>
  withLock(async () => {
    const signed = (await boxes()).filter((one) => one.entry !== undefined);
    const signing = (await books()).filter(({ id }) => signed.some(({ book }) => book === id));
    const seen = await get("seen", (s) => s.getAllKeys());
    await run(["books", "boxes", "seen"], "readwrite", (of) => {
      for (const { book, box, manifest } of signed) of.objectStore("boxes").put({ book, box, manifest } satisfies BoxRecord);
      for (const { secret: _, isShared: __, ...rest } of signing) of.objectStore("books").put({ ...rest, isPartial: true } satisfies Book);
      for (const { box } of signed) for (const origin of seen) if (String(origin).endsWith(`/box/${box}`)) of.objectStore("seen").delete(origin);
      return undefined;
    });
  });

/** Deletes all that is stored, after what another tab is about to store. */
export const forgetEverything = (): Promise<void> =>
  withLock(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(NAME);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error ?? new Error("not deleted"));
        request.onblocked = () => reject(new Error("another tab has the database open"));
      }),
  );

/** True if the keys of the book come from `secret`. */
export const isOfSecret = (book: Book, secret: Bytes): boolean => book.secret !== undefined && equal(book.secret, secret);

/** Returns the book with this secret; stores one if there is none. */
export const bookOf = (secret: Bytes): Promise<Book> =>
  withLock(async () => (await books()).find((one) => isOfSecret(one, secret)) ?? addBook({ secret, isShared: true }));

/** The longest time that a relay may keep what it has taken, before this device asks again. */
const RELAY_MS = 2 * 3_600_000;

/** True if a casting was not answered yet, and nobody else is known to have it. */
export const isUnsent = (casting: Casting): boolean => dueAt(casting) !== undefined && casting.takenAt === undefined;

/** When to send a casting, or to ask the relay for it again, in milliseconds since 1970; undefined if never. */
export function dueAt({ request, promise, found, refused, sendAt, takenAt }: Casting): number | undefined {
  if (request === undefined || promise !== undefined || found !== undefined || refused !== undefined) return undefined;
  return takenAt === undefined ? sendAt : takenAt + RELAY_MS;
}

/** When the next casting on this device is due; undefined if none is. */
export async function nextDue(): Promise<number | undefined> {
  const castings = (await boxes()).flatMap(({ entry, withdrawal }) => [entry, withdrawal]);
  const times = castings.flatMap((one) => (one === undefined ? [] : [dueAt(one)])).filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
