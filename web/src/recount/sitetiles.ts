/**
 * Reads the tiles of one log. A server may delete a partial tile after the tile is full (c2sp.org/tlog-tiles, "Partial
 * tiles"): in that case the beginning of the full tile is used.
 */
import type { Bytes } from "../bytes";
import { TILE_WIDTH, tilePath } from "../tlog";
import { NotServed, type Site } from "./site";

export const HASH_SIZE = 32;

/** A tile: `width` hashes of `level`, or `width` entries. */
export interface Tile {
  level: number | "entries";
  index: number;
  width: number;
}

/** For example `tile/0/x001/234.p/7`. */
export const pathOf = ({ level, index, width }: Tile): string => `tile/${tilePath(level, index, width)}`;

export class SiteTiles {
  /** @param folder the log's path, ending in `/` */
  constructor(
    private readonly site: Site,
    private readonly folder: string,
  ) {}

  /** Returns 32 bytes for each hash. @throws NotServed @throws Error if the tile has another length */
  async hashes(tile: Tile): Promise<Bytes> {
    const [bytes, read] = await this.read(tile);
    const cut = read.width === TILE_WIDTH && bytes.length === TILE_WIDTH * HASH_SIZE ? bytes.slice(0, tile.width * HASH_SIZE) : bytes;
    if (cut.length !== tile.width * HASH_SIZE) throw new Error(`${pathOf(tile)} has ${bytes.length} bytes`);
    return cut;
  }

  /** Returns exactly `width` entries. @throws NotServed @throws Error if the bundle is malformed */
  async entries(tile: Tile): Promise<Bytes[]> {
    const [bytes, read] = await this.read(tile);
    return parseExactly(bytes, read.width).slice(0, tile.width);
  }

  /** Returns the bytes, and the tile of which they are. */
  private async read(tile: Tile): Promise<[Bytes, Tile]> {
    try {
      return [await this.site.read(this.folder + pathOf(tile)), tile];
    } catch (e) {
      if (!(e instanceof NotServed) || tile.width === TILE_WIDTH) throw e;
      const full = { ...tile, width: TILE_WIDTH };
      return [await this.site.read(this.folder + pathOf(full)), full];
    }
  }
}

/** Parses a bundle: each entry after its length as u16. @throws Error if it does not have exactly `width` entries */
function parseExactly(bundle: Bytes, width: number): Bytes[] {
  const entries: Bytes[] = [];
  let at = 0;
  for (let i = 0; i < width; i++) {
    if (at + 2 > bundle.length) throw new Error(`the bundle ends before entry ${i}`);
    const end = at + 2 + ((bundle[at]! << 8) | bundle[at + 1]!);
    if (end > bundle.length) throw new Error(`the bundle ends inside entry ${i}`);
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (at !== bundle.length) throw new Error("the bundle has bytes after the last entry");
  return entries;
}
