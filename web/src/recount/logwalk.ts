/**
 * Reads a log from its first leaf and recomputes each leaf hash, each hash tile and the root. It can stop at one checkpoint and
 * continue to a later one. Reads some bundles ahead; not more than {@link AHEAD} of them are in memory.
 */
import { equal, type Bytes } from "../bytes";
import { leafHash, merkleRoot, TILE_WIDTH } from "../tlog";
import { messageOf, UnreadableLog, type Finding } from "./findings";
import { RunningRoot } from "./runningroot";
import { NotServed } from "./site";
import { HASH_SIZE, pathOf, type SiteTiles, type Tile } from "./sitetiles";

/** Bundles that are fetched and verified at the same time. */
const AHEAD = 6;

/** Verifies a leaf alone; many run at the same time. */
export type Work<T> = (index: number, leaf: Bytes) => Promise<T>;
/** Takes a result, in the order of the log; {@link LogWalk.rootAt} gives the root of the first `index + 1` leaves. */
export type Sink<T> = (index: number, seen: T) => void;
/** Receives how many leaves of a log were read, of all. */
export type Progress = (log: string, leaves: number, of: number) => void;

/** The leaves of one bundle and the matching hash tile, as the site serves them. */
interface Chunk<T> {
  hashes: Bytes[];
  seen: T[];
  failures: string[];
}

export class LogWalk {
  private readonly running = new RunningRoot();
  /** For each level: the hashes of the tile that is being filled, and how many tiles are full. */
  private readonly edge: { hashes: Bytes[]; full: number }[] = [];

  /** @param log the log's name in findings: "box", "register" or "ledger" */
  constructor(
    private readonly log: string,
    private readonly tiles: SiteTiles,
    private readonly finding: Finding,
    private readonly progress: Progress,
  ) {}

  get size(): number {
    return this.running.size;
  }

  /** The root of the first `size` leaves: of all, or while a sink runs up to the leaf that it has just got. */
  rootAt(size: number): Promise<Bytes> {
    return this.running.rootAt(size);
  }

  /**
   * Continues to `newSize`, the size of a signed checkpoint.
   *
   * @throws UnreadableLog if a bundle is missing or malformed: the position of the leaves after it is then unknown
   * @throws Unreachable if the site cannot be reached
   */
  async advance<T>(newSize: number, work: Work<T>, sink: Sink<T>): Promise<void> {
    const ahead: Promise<Chunk<T>>[] = [];
    let next = this.size;
    while (this.size < newSize) {
      while (next < newSize && ahead.length < AHEAD) {
        const from = next;
        const index = Math.floor(from / TILE_WIDTH);
        next = Math.min(newSize, (index + 1) * TILE_WIDTH);
        const chunk = this.read(from, index, next - index * TILE_WIDTH, work);
        chunk.catch(() => {}); // its turn comes below
        ahead.push(chunk);
      }
      await this.take(await this.turn(ahead.shift()!), sink);
      this.progress(this.log, this.size, newSize);
    }
  }

  /** Compares the hash tiles of the right edge. Call it after the last {@link advance}. */
  async finish(): Promise<void> {
    for (const [level, { hashes, full }] of this.edge.entries()) {
      if (level > 0 && hashes.length > 0) await this.compare({ level, index: full, width: hashes.length }, hashes);
    }
  }

  private async read<T>(from: number, index: number, width: number, work: Work<T>): Promise<Chunk<T>> {
    const tile: Tile = { level: 0, index, width };
    const [leaves, said] = await Promise.all([this.leaves({ ...tile, level: "entries" }), this.hashes(tile)]);
    const failures = said.failure === undefined ? [] : [said.failure];
    const first = index * TILE_WIDTH;
    const fresh = leaves.slice(from - first);
    const [hashes, seen] = await Promise.all([
      Promise.all(fresh.map(leafHash)),
      Promise.all(fresh.map((leaf, i) => work(from + i, leaf))),
    ]);
    if (said.bytes !== undefined) {
      hashes.forEach((hash, i) => {
        const at = from - first + i;
        if (!equal(hash, said.bytes!.subarray(at * HASH_SIZE, (at + 1) * HASH_SIZE))) {
          failures.push(`${this.log} leaf ${from + i}: its hash differs from the hash in ${pathOf(tile)}`);
        }
      });
    }
    return { hashes, seen, failures };
  }

  private async leaves(tile: Tile): Promise<Bytes[]> {
    try {
      return await this.tiles.entries(tile);
    } catch (e) {
      if (e instanceof NotServed) throw new Error(`${this.log} ${pathOf(tile)} is not served`);
      throw new Error(`${this.log} ${pathOf(tile)}: ${messageOf(e)}`);
    }
  }

  private async hashes(tile: Tile): Promise<{ bytes?: Bytes; failure?: string }> {
    try {
      return { bytes: await this.tiles.hashes(tile) };
    } catch (e) {
      if (e instanceof NotServed) return { failure: `${this.log} ${pathOf(tile)} is not served` };
      return { failure: `${this.log} ${messageOf(e)}` };
    }
  }

  private async take<T>(chunk: Chunk<T>, sink: Sink<T>): Promise<void> {
    for (const failure of chunk.failures) this.finding.fail(failure);
    const first = this.size;
    await this.running.add(chunk.hashes);
    await this.grow(0, chunk.hashes);
    chunk.seen.forEach((seen, i) => sink(first + i, seen));
  }

  /** Adds hashes of one tile to the right edge; a full tile becomes one hash of the level above. */
  private async grow(level: number, added: Bytes[]): Promise<void> {
    const edge = (this.edge[level] ??= { hashes: [], full: 0 });
    edge.hashes.push(...added);
    if (edge.hashes.length < TILE_WIDTH) return;
    const { hashes, full } = edge;
    this.edge[level] = { hashes: [], full: full + 1 };
    if (level > 0) await this.compare({ level, index: full, width: TILE_WIDTH }, hashes); // level 0 was compared leaf by leaf
    await this.grow(level + 1, [level === 0 ? this.running.tileRoot() : await merkleRoot(hashes)]);
  }

  private async compare(tile: Tile, hashes: Bytes[]): Promise<void> {
    const { bytes, failure } = await this.hashes(tile);
    if (bytes === undefined) return this.finding.fail(failure!);
    hashes.forEach((hash, i) => {
      if (!equal(hash, bytes.subarray(i * HASH_SIZE, (i + 1) * HASH_SIZE))) {
        this.finding.fail(`${this.log} ${pathOf(tile)}: hash ${i} does not match the leaves below it`);
      }
    });
  }

  private async turn<T>(chunk: Promise<Chunk<T>>): Promise<Chunk<T>> {
    try {
      return await chunk;
    } catch (e) {
      throw new UnreadableLog(this.finding, messageOf(e));
    }
  }
}
