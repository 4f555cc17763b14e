/**
 * Checks that no more books were drawn in person than there are cards (PROTOCOL §8). The rules are those of the command line's class
 * of this name, which explains them.
 */
import type { BoxManifest } from "./boxmanifest";
import { classIn, type BoxScan } from "./boxscan";
import type { Finding } from "./findings";
import type { CardsCancelled, CardsMade } from "./ledgerleaf";
import type { LedgerScan } from "./ledgerscan";
import type { RegisterScan } from "./registerscan";
import { rollsOf } from "./signatureswithinbooks";

export const IN_PERSON = "in-person";

interface Batch {
  made: CardsMade;
  /** So many of its cards can draw or have drawn a book. */
  most: number;
  isCancelled: boolean;
}

const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0);

export class BooksWithinCards {
  private readonly batches = new Map<string, Batch>();
  /** The rolls whose people can sign in the box. */
  private readonly rolls: Set<string>;

  constructor(
    register: RegisterScan,
    private readonly ledger: LedgerScan,
    manifest: BoxManifest,
    private readonly box: BoxScan,
    private readonly finding: Finding,
  ) {
    const own = register.rules.filter(({ says }) => says.campuses.includes(manifest.campus)).map(({ says }) => says.campus);
    this.rolls = manifest.campus === "*" ? rollsOf(register, manifest) : new Set(own);
  }

  /** Returns how many cards can draw or have drawn a book for this box; undefined if none were made. */
  check(): number | undefined {
    const books = new Map<string, number>();
    const facts = [...this.ledger.cards];
    const addBefore = (leaf: number): void => {
      while (facts.length > 0 && facts[0]!.leaf < leaf) this.add(facts.shift()!);
    };
    for (const { leaf, says } of this.ledger.tallies) {
      addBefore(leaf);
      if (says.class !== IN_PERSON || !this.rolls.has(says.campus)) continue;
      const drawn = (books.get(says.campus) ?? 0) + says.books;
      books.set(says.campus, drawn);
      const most = sum([...this.batches.values()].filter(({ made }) => made.campus === says.campus).map((one) => one.most));
      if (drawn > most) {
        this.finding.fail(`ledger leaf ${leaf}: ${drawn} books drawn in person at ${says.campus}, but at most ${most} cards could draw one`);
      }
    }
    addBefore(Infinity);
    this.signatures("", this.ledger.published());
    return this.describe();
  }

  private add({ leaf, says }: { leaf: number; says: CardsMade | CardsCancelled }): void {
    const before = this.ledger.newestBefore(leaf);
    if (before !== undefined) this.signatures(`ledger leaf ${leaf}: `, before.size);
    const where = `ledger leaf ${leaf}: the cards ${says.batch} `;
    const known = this.batches.get(says.batch);
    if (says.type === "cards.made") {
      if (known === undefined) this.batches.set(says.batch, { made: says, most: says.cards, isCancelled: false });
      else this.finding.fail(`${where}were made before`);
    } else if (known === undefined) {
      this.finding.fail(`${where}were never made`);
    } else if (known.isCancelled) {
      this.finding.fail(`${where}were cancelled before`);
    } else {
      this.batches.set(says.batch, { made: known.made, most: Math.min(known.made.cards, says.drawnAtMost), isCancelled: true });
    }
  }

  private here(): Batch[] {
    return [...this.batches.values()].filter(({ made }) => this.rolls.has(made.campus));
  }

  /** Compares the entries of the box's first `size` leaves with the cards until now. */
  private signatures(where: string, size: number): void {
    const snapshot = this.box.at(size);
    if (snapshot === undefined) return; // the recount reports it
    const signed = classIn(snapshot.counts, IN_PERSON).entries;
    const most = sum(this.here().map((one) => one.most));
    if (signed > most) this.finding.fail(`${where}${signed} signatures of class ${IN_PERSON}, but at most ${most} cards could draw a book`);
  }

  private describe(): number | undefined {
    const here = this.here();
    if (here.length === 0) {
      this.finding.succeed("no cards were made for signing in person");
      return undefined;
    }
    const most = sum(here.map((one) => one.most));
    const cancelled = here.filter(({ isCancelled }) => isCancelled).length;
    this.finding.succeed(
      `${sum(here.map(({ made }) => made.cards))} cards made in ${here.length}${here.length === 1 ? " batch, " : " batches, "}` +
        `${cancelled} of them cancelled; at most ${most} can draw or have drawn a book`,
    );
    return most;
  }
}
