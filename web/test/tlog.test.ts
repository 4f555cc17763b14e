import assert from "node:assert/strict";
import { test } from "node:test";
import { base64, concat, equal, utf8, type Bytes } from "../src/bytes";
import { leafHash, nodeHash, parseCheckpoint, tilePath, TileTree, verifyConsistency, verifyInclusion } from "../src/tlog";

/** Computes the root exactly as RFC 6962 section 2.1 defines it. */
async function naiveRoot(leaves: Bytes[]): Promise<Bytes> {
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(await naiveRoot(leaves.slice(0, k)), await naiveRoot(leaves.slice(k)));
}

const LEAVES: Bytes[] = await Promise.all(Array.from({ length: 600 }, (_, i) => leafHash(utf8(`leaf ${i}`))));

/** Returns the tree of the first `size` leaves, with its tiles in memory. */
async function treeOf(size: number): Promise<TileTree> {
  const tiles = new Map<string, Bytes>();
  let hashes = LEAVES.slice(0, size);
  for (let level = 0; hashes.length > 0; level++) {
    const above: Bytes[] = [];
    for (let at = 0; at < hashes.length; at += 256) {
      const tile = hashes.slice(at, at + 256);
      tiles.set(tilePath(level, at / 256, tile.length), concat(...tile));
      if (tile.length === 256) above.push(await naiveRoot(tile));
    }
    hashes = above;
  }
  return new TileTree((path) => {
    const tile = tiles.get(path);
    return tile === undefined ? Promise.reject(new Error(`no ${path}`)) : Promise.resolve(tile);
  }, size);
}

const checkpoint = async (size: number) => ({ origin: "o", size, root: await naiveRoot(LEAVES.slice(0, size)) });

test("an inclusion proof from tiles verifies for its own leaf and index only", async () => {
  for (const size of [...Array.from({ length: 24 }, (_, i) => i + 1), 255, 256, 257, 512, 600]) {
    const tree = await treeOf(size);
    const { root } = await checkpoint(size);
    for (let index = 0; index < size; index += size > 24 ? 37 : 1) {
      const proof = await tree.inclusion(index);
      assert.ok(await verifyInclusion(LEAVES[index]!, index, size, proof, root), `${index} of ${size}`);
      assert.ok(!(await verifyInclusion(LEAVES[index]!, index + 1, size, proof, root)));
      assert.ok(!(await verifyInclusion(LEAVES[(index + 1) % 600]!, index, size, proof, root)));
    }
  }
});

test("a consistency proof from tiles verifies; a fork does not", async () => {
  for (const newSize of [1, 2, 3, 7, 8, 21, 257, 300, 600]) {
    const tree = await treeOf(newSize);
    const newer = await checkpoint(newSize);
    for (const oldSize of [1, 2, 3, 5, 8, 20, 256, 257, 300].filter((size) => size <= newSize)) {
      const older = await checkpoint(oldSize);
      const proof = await tree.consistency(oldSize);
      assert.ok(await verifyConsistency(older, newer, proof), `${oldSize} to ${newSize}`);
      assert.ok(!(await verifyConsistency({ ...older, root: LEAVES[599]! }, newer, proof)));
    }
  }
});

test("find returns a leaf at or after the start index, else undefined", async () => {
  const tree = await treeOf(600);
  assert.equal(await tree.find(LEAVES[300]!, 0), 300);
  assert.equal(await tree.find(LEAVES[300]!, 290), 300);
  assert.equal(await tree.find(LEAVES[3]!, 256), undefined);
  assert.equal(await tree.find(await leafHash(utf8("no leaf")), 0), undefined);
});

test("a tile of the wrong length is refused", async () => {
  const tree = new TileTree(() => Promise.resolve(new Uint8Array(31)), 2);
  await assert.rejects(tree.inclusion(0), /31 bytes/);
});

test("tile paths follow c2sp.org/tlog-tiles", () => {
  assert.equal(tilePath(0, 1234067, 256), "0/x001/x234/067");
  assert.equal(tilePath(1, 7, 3), "1/007.p/3");
});

test("a checkpoint is parsed; another log's origin or a malformed size is refused", async () => {
  const { root } = await checkpoint(2);
  const text = `o\n2\n${base64(root)}\n`;
  const read = parseCheckpoint(text, "o");
  assert.equal(read.size, 2);
  assert.ok(equal(read.root, root));
  assert.throws(() => parseCheckpoint(text, "other"));
  assert.throws(() => parseCheckpoint(text.replace("\n2\n", "\n02\n"), "o"));
});
