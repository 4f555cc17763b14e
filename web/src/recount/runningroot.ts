/**
 * The root of a growing tree (RFC 6962 §2.1). Stores the hashes of the tile that is being filled, with all nodes above them, and
 * one node for each complete subtree to the left of it.
 */
import type { Bytes } from "../bytes";
import { sha256 } from "../crypto";
import { nodeHash, TILE_WIDTH } from "../tlog";

const HEIGHT = Math.log2(TILE_WIDTH);

/** A complete subtree of whole tiles; its height above the tiles is 0 or more. */
interface Subtree {
  height: number;
  root: Bytes;
}

export class RunningRoot {
  size = 0;
  /** From left to right, of falling height. */
  private left: Subtree[] = [];
  /** `levels[h][i]` is the root of the tile's leaves from `i * 2^h` on, 2^h of them. */
  private levels: Bytes[][] = emptyLevels();

  /** Adds leaf hashes. They must all belong to one tile. */
  async add(hashes: Bytes[]): Promise<void> {
    if (this.levels[0]!.length === TILE_WIDTH) await this.startTile();
    this.levels[0]!.push(...hashes);
    this.size += hashes.length;
    for (let height = 0; height < HEIGHT; height++) {
      const [below, above] = [this.levels[height]!, this.levels[height + 1]!];
      const nodes: Promise<Bytes>[] = [];
      for (let i = above.length; 2 * i + 1 < below.length; i++) nodes.push(nodeHash(below[2 * i]!, below[2 * i + 1]!));
      above.push(...(await Promise.all(nodes)));
    }
  }

  private async startTile(): Promise<void> {
    let tile: Subtree = { height: 0, root: this.tileRoot() };
    while (this.left.at(-1)?.height === tile.height) {
      tile = { height: tile.height + 1, root: await nodeHash(this.left.pop()!.root, tile.root) };
    }
    this.left.push(tile);
    this.levels = emptyLevels();
  }

  /** The root of the tile that is complete. */
  tileRoot(): Bytes {
    return this.levels[HEIGHT]![0]!;
  }

  /** The root of the first `size` leaves; `size` must end in the tile that is being filled, or be 0 before the first leaf. */
  async rootAt(size: number): Promise<Bytes> {
    const inTile = size === 0 ? 0 : ((size - 1) % TILE_WIDTH) + 1;
    const parts = this.left.map(({ root }) => root);
    for (let height = HEIGHT, first = 0; height >= 0; height--) {
      if ((inTile & (1 << height)) === 0) continue;
      parts.push(this.levels[height]![first >> height]!);
      first += 1 << height;
    }
    let root = parts.pop();
    if (root === undefined) return sha256(new Uint8Array(0));
    while (parts.length > 0) root = await nodeHash(parts.pop()!, root);
    return root;
  }
}

const emptyLevels = (): Bytes[][] => Array.from({ length: HEIGHT + 1 }, () => []);
