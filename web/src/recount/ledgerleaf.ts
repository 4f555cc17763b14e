/** Leaves of the ledger (PROTOCOL §9). A known type must match its format exactly. */
import type { Bytes } from "../bytes";
import { boxId, Fields, isSorted, millis, parseCanonical, sha256Hex } from "./fields";

export interface RollTally {
  type: "roll.tally";
  campus: string;
  campuses: string[];
  class: string;
  day: string;
  books: number;
}

/** Cards were made on which people draw a book in person. */
export interface CardsMade {
  type: "cards.made";
  batch: string;
  campus: string;
  campuses: string[];
  cards: number;
}

/** The unused cards of a batch draw no book any more. */
export interface CardsCancelled {
  type: "cards.cancelled";
  batch: string;
  drawnAtMost: number;
}

export type LedgerLeaf =
  | { type: "box.checkpoint"; box: string; note: string }
  | { type: "box.closed"; box: string; note: string; keysDestroyed: string[] }
  | RollTally
  | CardsMade
  | CardsCancelled
  | { type: "unknown"; of: string };

/** The smallest number of books in a tally. */
export const LEAST_BOOKS = 10;
const FEWEST_CARDS = 10;
/** The smallest number that `drawn_at_most` has: also none is ten. */
const LEAST_DRAWN = 10;
const MOST_KEYS = 64;
const MOST_CAMPUSES = 1024;

/** @throws Error if it is not canonical JSON with type and version, or breaks a rule of its type */
export function parseLedgerLeaf(bytes: Bytes): LedgerLeaf {
  const fields = new Fields(parseCanonical(bytes), "ledger leaf");
  const type = fields.text("type");
  const version = fields.integer("v", 1);
  if (version !== 1) return { type: "unknown", of: `${type} v${version}` };
  const leaf = known(type, fields);
  if (leaf === undefined) return { type: "unknown", of: type };
  fields.end();
  return leaf;
}

function known(type: string, fields: Fields): LedgerLeaf | undefined {
  if (type === "box.checkpoint") return { type, box: boxId(fields.text("box")), note: fields.text("note") };
  if (type === "box.closed") {
    const leaf = { type: "box.closed" as const, box: boxId(fields.text("box")), note: fields.text("note"), keysDestroyed: fields.texts("keys_destroyed", MOST_KEYS) };
    for (const id of leaf.keysDestroyed) sha256Hex(id, "keys_destroyed");
    return leaf;
  }
  if (type === "roll.tally") return tally(fields);
  if (type === "cards.made") return cardsMade(fields);
  if (type === "cards.cancelled") return cardsCancelled(fields);
  return undefined;
}

function tally(fields: Fields): RollTally {
  const leaf = {
    type: "roll.tally" as const,
    campus: fields.text("campus"),
    campuses: fields.texts("campuses", MOST_CAMPUSES),
    class: fields.text("class"),
    day: fields.text("day"),
    books: fields.integer("books", LEAST_BOOKS),
  };
  requireDay(leaf.day, leaf.type);
  requireCampuses(leaf.campuses, "a tally");
  return leaf;
}

function cardsMade(fields: Fields): CardsMade {
  const leaf = {
    type: "cards.made" as const,
    batch: fields.text("batch"),
    campus: fields.text("campus"),
    campuses: fields.texts("campuses", MOST_CAMPUSES),
    cards: fields.integer("cards", FEWEST_CARDS),
  };
  requireDay(fields.text("day"), leaf.type);
  fields.instant("until");
  requireBatch(leaf.batch);
  requireCampuses(leaf.campuses, "a batch of cards");
  return leaf;
}

function cardsCancelled(fields: Fields): CardsCancelled {
  const batch = fields.text("batch");
  requireDay(fields.text("day"), "cards.cancelled");
  const drawnAtMost = fields.integer("drawn_at_most", LEAST_DRAWN);
  requireBatch(batch);
  if (drawnAtMost % 10 !== 0) throw new Error("drawn_at_most must be a multiple of ten, and at least ten");
  return { type: "cards.cancelled", batch, drawnAtMost };
}

function requireDay(day: string, type: string): void {
  if (Number.isNaN(millis(`${day}T00:00:00Z`))) throw new Error(`${type}.day is not a date like 2016-11-23`);
}

function requireCampuses(campuses: string[], of: string): void {
  if (campuses.length === 0 || !isSorted(campuses)) throw new Error(`${of} must have at least one campus, sorted and without repetition`);
}

function requireBatch(batch: string): void {
  if (!/^[a-z2-7]{8}$/.test(batch)) throw new Error("the name of a batch of cards must be 8 base32 characters");
}
