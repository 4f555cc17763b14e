/**
 * Checks signatures ≤ books (PROTOCOL §8): every signer has drawn a book, so the published tallies of the rolls are an upper bound
 * for every box. The rules are those of the command line's class of this name, which explains them.
 */
import type { BoxManifest } from "./boxmanifest";
import { classIn, type BoxScan } from "./boxscan";
import type { Finding } from "./findings";
import { LEAST_BOOKS, type RollTally } from "./ledgerleaf";
import type { LedgerScan } from "./ledgerscan";
import type { RegisterScan } from "./registerscan";

/** How many books of a roll a tally may leave out. */
const UNTALLIED = LEAST_BOOKS - 1;

/** How far the tallies bound the signatures of a class. */
export interface Bound {
  className: string;
  books: number;
  signed: number;
  /** The day of the newest tally. */
  day: string;
}

/** The rolls of the campuses that have a box in this box's campaign; all rolls if none has. */
export function rollsOf(register: RegisterScan, { campaign }: BoxManifest): Set<string> {
  const campuses = register.boxes.campusesOf(campaign);
  const rules = register.rules.filter(({ says }) => campuses.size === 0 || says.campuses.some((one) => campuses.has(one)));
  return new Set(rules.map(({ says }) => says.campus));
}

export class SignaturesWithinBooks {
  private readonly parts: string[] = [];
  /** One for each class whose tallies could be compared with the box. */
  readonly bounds: Bound[] = [];

  constructor(
    private readonly register: RegisterScan,
    private readonly ledger: LedgerScan,
    private readonly manifest: BoxManifest,
    private readonly box: BoxScan,
    private readonly finding: Finding,
  ) {}

  check(): void {
    for (const { name } of this.manifest.classes) {
      const latest = new Map<string, number>();
      let sum = 0;
      let compared = 0;
      for (const { leaf, says } of this.ledger.tallies) {
        if (says.class !== name || !this.concerns(says)) continue;
        sum += says.books;
        latest.set(says.campus, leaf);
        if (this.compare(name, leaf, sum, latest)) compared++;
      }
      this.atClosing(name);
      this.describe(name, sum, compared);
    }
    this.finding.succeed(this.parts.length === 0 ? "no tally of this campus to compare with yet" : this.parts.join("; "));
  }

  /** At `box.closed` the tallies before it bound the final count: they leave fewer than 10 books of each roll out. */
  private atClosing(className: string): void {
    const { closed } = this.ledger;
    const snapshot = closed === undefined ? undefined : this.box.at(closed.size);
    if (closed === undefined || snapshot === undefined) return; // the recount reports it
    const tallies = this.ledger.tallies.filter(({ leaf, says }) => leaf < closed.leaf && says.class === className && this.concerns(says));
    const books = tallies.reduce((sum, { says }) => sum + says.books, 0);
    const campuses = this.manifest.campus === "*" ? this.rolls().size : 1;
    const most = books + campuses * UNTALLIED;
    const signed = classIn(snapshot.counts, className).entries;
    if (signed > most) {
      this.finding.fail(
        `ledger leaf ${closed.leaf}: the box closes with ${signed} signatures of class ${className}, but at most ${most} books: ` +
          `${books} tallied and 9 for each of ${campuses} rolls`,
      );
    }
  }

  private describe(className: string, books: number, compared: number): void {
    if (compared === 0) return;
    const { day } = this.ledger.tallies.filter(({ says }) => says.class === className && this.concerns(says)).at(-1)!.says;
    const signed = classIn(this.box.counts(), className).entries;
    this.bounds.push({ className, books, signed, day });
    const rest = signed > books ? `${signed - books} signatures since the tally of ${day} are not bounded yet` : `${books - signed} books without a signature here`;
    this.parts.push(`${className}: ${books} books tallied, compared at ${compared}${compared === 1 ? " tally, " : " tallies, "}${rest}`);
  }

  private concerns({ campuses }: RollTally): boolean {
    const { campus } = this.manifest;
    return campus === "*" || campuses.includes("*") || campuses.includes(campus);
  }

  private compare(className: string, leaf: number, sum: number, latest: Map<string, number>): boolean {
    const newest = this.ledger.newestBefore(Math.min(...latest.values()));
    const snapshot = newest === undefined ? undefined : this.box.at(newest.size);
    if (newest === undefined || snapshot === undefined) return false; // the recount reports a checkpoint beyond the box
    const small = this.manifest.campus === "*" ? [...this.rolls()].filter((roll) => !latest.has(roll)).length : 0;
    const signed = classIn(snapshot.counts, className).entries;
    if (signed > sum + small * UNTALLIED) {
      const rest = small === 0 ? "" : ` and at most 9 at each of ${small} rolls without a tally`;
      this.finding.fail(
        `ledger leaf ${leaf}: ${signed} signatures of class ${className} in the checkpoint of leaf ${newest.leaf}, but only ${sum} books${rest}`,
      );
    }
    return true;
  }

  private rolls(): Set<string> {
    return rollsOf(this.register, this.manifest);
  }
}
