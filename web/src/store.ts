/**
 * What this device keeps, in IndexedDB, until "forget this device": the instance's key as first seen, the newest
 * checkpoint seen of each log, and for each box the keys, the token and what was cast.
 */
import type { Bytes } from "./bytes";

/** Something on its way into a box's log. */
export interface Casting {
  /** What is sent, byte for byte, however often. */
  request: Bytes;
  leafHash: Bytes;
  /** The box's published size just before: the leaf stands at or after it. */
  after: number;
  /** When to send, in milliseconds; the person chose now or a random moment. */
  sendAt: number;
  promise?: string;
  found?: { index: number; size: number };
}

export interface BoxRecord {
  box: string;
  campus: string;
  /** The register's leaf that opened the box. */
  manifest: Bytes;
  seed: Bytes;
  publicKey: Bytes;
  tokenInput: Bytes;
  /** Kept for good: a later draw must repeat these very bytes. They show nothing without the inverse. */
  blinded: Bytes;
  /** Blinding state, deleted once the token is there. */
  inverse?: Bytes;
  token?: Bytes;
  title?: string;
  entry?: Casting;
  withdrawal?: Casting;
}

/** The newest checkpoint this device has verified of a log. */
export interface Seen {
  origin: string;
  size: number;
  root: Bytes;
}

const NAME = "undersigned";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("pins");
      request.result.createObjectStore("seen", { keyPath: "origin" });
      request.result.createObjectStore("boxes", { keyPath: "box" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no storage"));
    request.onblocked = () => reject(new Error("storage is blocked by another tab"));
  });
}

/** Durable when it resolves. */
async function run<T>(store: string, mode: IDBTransactionMode, work: (to: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
    });
  } finally {
    database.close();
  }
}

export const pin = (host: string): Promise<string | undefined> => run("pins", "readonly", (s) => s.get(host));
export const setPin = (host: string, vkey: string): Promise<unknown> =>
  run("pins", "readwrite", (s) => s.put(vkey, host));
export const seen = (origin: string): Promise<Seen | undefined> => run("seen", "readonly", (s) => s.get(origin));
export const setSeen = (value: Seen): Promise<unknown> => run("seen", "readwrite", (s) => s.put(value));
export const box = (id: string): Promise<BoxRecord | undefined> => run("boxes", "readonly", (s) => s.get(id));
export const boxes = (): Promise<BoxRecord[]> => run("boxes", "readonly", (s) => s.getAll());
export const setBox = (value: BoxRecord): Promise<unknown> => run("boxes", "readwrite", (s) => s.put(value));

export function forgetEverything(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error("not deleted"));
    request.onblocked = () => reject(new Error("another tab holds it open"));
  });
}
