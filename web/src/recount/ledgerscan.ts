/** The ledger's facts about one box, and all tallies, collected in one pass over all leaves of the ledger. */
import type { Bytes } from "../bytes";
import type { Verifier } from "../note";
import type { Checkpoint } from "../tlog";
import { messageOf, type Finding } from "./findings";
import { LeafKinds } from "./leafkinds";
import { parseLedgerLeaf, type CardsCancelled, type CardsMade, type LedgerLeaf, type RollTally } from "./ledgerleaf";
import { readSignedHead } from "./signedhead";

/** A checkpoint of the box that is registered in the ledger's leaf `leaf`. */
export interface Registered {
  leaf: number;
  size: number;
  root: Bytes;
}

/** A parsed leaf; `head` is set for valid checkpoints of this box. */
interface Seen {
  leaf?: LedgerLeaf;
  head?: Checkpoint;
  trouble?: string;
}

export class LedgerScan {
  readonly registered: Registered[] = [];
  readonly tallies: { leaf: number; says: RollTally }[] = [];
  /** All batches of cards that were made or cancelled, in the ledger's order. */
  readonly cards: { leaf: number; says: CardsMade | CardsCancelled }[] = [];
  readonly kinds = new LeafKinds();
  /** The closing of the box and the index of its ledger leaf. */
  closed: { leaf: number; size: number; keysDestroyed: string[] } | undefined;

  constructor(
    private readonly box: string,
    private readonly boxKey: Verifier,
    readonly leavesFinding: Finding,
    readonly registeredFinding: Finding,
  ) {}

  /** Parses a leaf and verifies the signature of this box's checkpoints. */
  readonly verify = async (index: number, bytes: Bytes): Promise<Seen> => {
    let leaf: LedgerLeaf;
    try {
      leaf = parseLedgerLeaf(bytes);
    } catch (e) {
      return { trouble: `ledger leaf ${index}: ${messageOf(e)}` };
    }
    if ((leaf.type !== "box.checkpoint" && leaf.type !== "box.closed") || leaf.box !== this.box) return { leaf };
    try {
      return { leaf, head: await readSignedHead(leaf.note, this.boxKey) };
    } catch (e) {
      return { leaf, trouble: `ledger leaf ${index}: checkpoint of the box: ${messageOf(e)}` };
    }
  };

  readonly record = (index: number, seen: Seen): void => {
    const { leaf, trouble } = seen;
    if (leaf === undefined) return this.leavesFinding.fail(trouble!);
    this.kinds.add(leaf.type, leaf.type === "unknown" ? leaf.of : undefined);
    if (leaf.type === "box.checkpoint" && leaf.box === this.box) this.register(index, seen);
    if (leaf.type === "box.closed" && leaf.box === this.box) this.close(index, leaf.keysDestroyed, seen);
    if (leaf.type === "roll.tally") this.tallies.push({ leaf: index, says: leaf });
    if (leaf.type === "cards.made" || leaf.type === "cards.cancelled") this.cards.push({ leaf: index, says: leaf });
  };

  private register(index: number, { head, trouble }: Seen): void {
    if (head === undefined) return this.registeredFinding.fail(trouble!);
    const where = `ledger leaf ${index}: checkpoint of the box`;
    if (this.closed !== undefined) this.registeredFinding.fail(`${where} after it closed at leaf ${this.closed.leaf}`);
    const last = this.registered.at(-1);
    if (last !== undefined && head.size < last.size) {
      this.registeredFinding.fail(`${where} has ${head.size} leaves, fewer than the ${last.size} of leaf ${last.leaf}`);
    }
    this.registered.push({ leaf: index, size: head.size, root: head.root });
  }

  private close(index: number, keysDestroyed: string[], seen: Seen): void {
    if (this.closed !== undefined) {
      return this.registeredFinding.fail(`ledger leaf ${index}: the box closes again, after leaf ${this.closed.leaf}`);
    }
    this.register(index, seen);
    if (seen.head !== undefined) this.closed = { leaf: index, size: seen.head.size, keysDestroyed };
  }

  /** The newest checkpoint of the box that is registered before a leaf. */
  newestBefore(leaf: number): Registered | undefined {
    let [low, high] = [0, this.registered.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.registered[middle]!.leaf < leaf) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : this.registered[low - 1];
  }

  /** The number of leaves in the newest registered checkpoint of the box; 0 if there is none. */
  published(): number {
    return this.registered.at(-1)?.size ?? 0;
  }
}
