/** Merkle trees (RFC 6962 §2.1), checkpoints (c2sp.org/tlog-checkpoint) and tiles (c2sp.org/tlog-tiles). */
import { equal, unbase64, type Bytes } from "./bytes";
import { sha256 } from "./crypto";

export const TILE_WIDTH = 256;
const HASH_SIZE = 32;

export interface Checkpoint {
  origin: string;
  size: number;
  root: Bytes;
}

/** Parses a checkpoint's text. @throws Error if it is malformed or belongs to another log */
export function parseCheckpoint(text: string, origin: string): Checkpoint {
  if (!text.endsWith("\n")) throw new Error("a checkpoint must end with a newline");
  const lines = text.slice(0, -1).split("\n");
  const [first, size, root] = lines;
  if (lines.length < 3) throw new Error("a checkpoint must have at least three lines");
  if (!/^(0|[1-9][0-9]{0,14})$/.test(size!)) throw new Error("not a number without leading zeros"); // 2^53 has 16 digits
  const checkpoint = { origin: first!, size: Number(size), root: unbase64(root!, HASH_SIZE) };
  if (lines.slice(3).includes("")) throw new Error("an extension line is empty or contains a newline");
  if (first !== origin) throw new Error(`origin is ${first}, not ${origin}`);
  return checkpoint;
}

export const leafHash = (data: Uint8Array): Promise<Bytes> => sha256(Uint8Array.of(0), data);
export const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(Uint8Array.of(1), left, right);

/** RFC 9162 §2.1.3.2. */
export async function verifyInclusion(
  leaf: Bytes,
  index: number,
  size: number,
  proof: Bytes[],
  root: Bytes,
): Promise<boolean> {
  if (!(index >= 0 && index < size)) return false;
  let fn = index;
  let sn = size - 1;
  let r = leaf;
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = await nodeHash(p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      r = await nodeHash(r, p);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(r, root);
}

/** RFC 9162 §2.1.4.2: true if the tree of `older` is a prefix of the tree of `newer`. */
export async function verifyConsistency(older: Checkpoint, newer: Checkpoint, proof: Bytes[]): Promise<boolean> {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && equal(older.root, newer.root);
  if (older.size === 0) return proof.length === 0;
  const path = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  let fn = older.size - 1;
  let sn = newer.size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let fr = first;
  let sr = first;
  for (const c of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = await nodeHash(c, fr);
      sr = await nodeHash(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = await nodeHash(sr, c);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equal(fr, older.root) && equal(sr, newer.root);
}

function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(Math.log2(n));
}

/** The largest power of two below `n`. */
function largestPowerOfTwoBelow(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The root of the tree of these leaf hashes (RFC 6962 §2.1). */
export async function merkleRoot(hashes: Bytes[]): Promise<Bytes> {
  if (hashes.length === 0) return sha256(new Uint8Array());
  let level = hashes;
  while (level.length > 1) {
    const pairs: Promise<Bytes>[] = [];
    for (let i = 0; i + 1 < level.length; i += 2) pairs.push(nodeHash(level[i]!, level[i + 1]!));
    const odd = level.length % 2 === 1 ? [level.at(-1)!] : [];
    level = [...(await Promise.all(pairs)), ...odd];
  }
  return level[0]!;
}

/** Parses a bundle of entries, each after its length as u16. @throws Error if it is malformed */
export function parseBundle(bundle: Bytes): Bytes[] {
  const entries: Bytes[] = [];
  for (let at = 0; at < bundle.length; ) {
    const end = at + 2 + ((bundle[at]! << 8) | bundle[at + 1]!);
    if (!(end <= bundle.length)) throw new Error("a bundle ends within an entry");
    entries.push(bundle.slice(at + 2, end));
    at = end;
  }
  return entries;
}

/** Returns the path of a tile, for example `0/x001/234.p/7`. */
export function tilePath(level: number | "entries", index: number, width: number): string {
  let digits = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    digits = `x${String(rest % 1000).padStart(3, "0")}/${digits}`;
  }
  return `${level}/${digits}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** Fetches the bytes of the tile at `path`. The caller verifies them against a checkpoint. */
export type FetchTile = (path: string) => Promise<Bytes>;

/** A Merkle tree read from its tiles; each tile is fetched once. */
export class TileTree {
  private readonly tiles = new Map<string, Promise<Bytes>>();

  constructor(
    private readonly fetchTile: FetchTile,
    readonly size: number,
  ) {}

  /** The index of `leaf` at or after `from`, or undefined. Fetches whole tiles, to hide which leaf it searches. */
  async find(leaf: Bytes, from: number): Promise<number | undefined> {
    for (let tile = Math.floor(from / TILE_WIDTH); tile * TILE_WIDTH < this.size; tile++) {
      const hashes = await this.tile(0, tile);
      for (let at = 0; at < hashes.length; at += HASH_SIZE) {
        if (equal(hashes.subarray(at, at + HASH_SIZE), leaf)) return tile * TILE_WIDTH + at / HASH_SIZE;
      }
    }
    return undefined;
  }

  /** The index of `leaf`, or undefined. Fetches whole tiles, the last one first. */
  async findLast(leaf: Bytes): Promise<number | undefined> {
    for (let tile = Math.ceil(this.size / TILE_WIDTH) - 1; tile >= 0; tile--) {
      const hashes = await this.tile(0, tile);
      for (let at = hashes.length - HASH_SIZE; at >= 0; at -= HASH_SIZE) {
        if (equal(hashes.subarray(at, at + HASH_SIZE), leaf)) return tile * TILE_WIDTH + at / HASH_SIZE;
      }
    }
    return undefined;
  }

  /** The audit path of a leaf, lowest node first (RFC 6962 §2.1.1). */
  async inclusion(index: number, from = 0, to = this.size): Promise<Bytes[]> {
    if (to - from === 1) return [];
    const middle = from + largestPowerOfTwoBelow(to - from);
    return index < middle
      ? [...(await this.inclusion(index, from, middle)), await this.root(middle, to)]
      : [...(await this.inclusion(index, middle, to)), await this.root(from, middle)];
  }

  /** The proof that the first `old` leaves are a prefix (RFC 6962 §2.1.2). */
  async consistency(old: number, from = 0, to = this.size, whole = true): Promise<Bytes[]> {
    if (old === 0 || (whole && old === to)) return [];
    if (old === to) return [await this.root(from, to)];
    const middle = from + largestPowerOfTwoBelow(to - from);
    return old <= middle
      ? [...(await this.consistency(old, from, middle, whole)), await this.root(middle, to)]
      : [...(await this.consistency(old, middle, to, false)), await this.root(from, middle)];
  }

  private async root(from: number, to: number): Promise<Bytes> {
    const span = to - from;
    if (isPowerOfTwo(span)) return this.full(Math.log2(span), from / span);
    const middle = from + largestPowerOfTwoBelow(span);
    return nodeHash(await this.root(from, middle), await this.root(middle, to));
  }

  private async full(height: number, index: number): Promise<Bytes> {
    const count = 2 ** (height % 8);
    const first = index * count;
    const hashes = await this.tile(Math.floor(height / 8), Math.floor(first / TILE_WIDTH));
    return subtree(hashes, (first % TILE_WIDTH) * HASH_SIZE, count);
  }

  private tile(level: number, index: number): Promise<Bytes> {
    const width = Math.min(TILE_WIDTH, Math.floor(this.size / TILE_WIDTH ** level) - index * TILE_WIDTH);
    const path = tilePath(level, index, width);
    let tile = this.tiles.get(path);
    if (tile === undefined) {
      tile = this.fetchTile(path).then((bytes) => {
        if (bytes.length !== width * HASH_SIZE) throw new Error(`tile ${path} has ${bytes.length} bytes`);
        return bytes;
      });
      this.tiles.set(path, tile);
    }
    return tile;
  }
}

async function subtree(hashes: Bytes, at: number, count: number): Promise<Bytes> {
  if (count === 1) return hashes.slice(at, at + HASH_SIZE);
  return nodeHash(await subtree(hashes, at, count / 2), await subtree(hashes, at + (count / 2) * HASH_SIZE, count / 2));
}
