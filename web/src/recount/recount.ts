/**
 * Recounts one box from public files only (PROTOCOL §8), as `Recount` of the command line does: the same checks in the same order, with
 * the same words. It knows nothing from before and stores nothing.
 *
 * The order of reading keeps an honest, busy site consistent: the register once to find the page, then the page, then the register again
 * for newer leaves, then the box. So the box's checkpoint is never older than the register's and the page's facts about it.
 */
import { base64, equal, hex, type Bytes } from "../bytes";
import { sha256 } from "../crypto";
import { importIssuerKey, parseManifest, parseIssuerKey } from "../manifest";
import type { Verifier } from "../note";
import { isAt, type BoxManifest } from "./boxmanifest";
import { BooksWithinCards, IN_PERSON } from "./bookswithincards";
import { BoxScan, classIn, countOf, type BoxRules, type ClassCount } from "./boxscan";
import { Findings, messageOf, UnreadableLog, type Finding } from "./findings";
import { boxKey, boxPath, INSTANCE_PATH, parseInstance, type Instance } from "./instance";
import { LedgerScan } from "./ledgerscan";
import type { LeafKinds } from "./leafkinds";
import { LogReader } from "./logreader";
import type { Progress } from "./logwalk";
import { isCorrectFor, isReadAsValue, mayHide, pageNumbers, type PageNumber } from "./pagenumber";
import { RegisterScan } from "./registerscan";
import type { Log, Report } from "./report";
import { SignaturesWithinBooks, type Bound } from "./signatureswithinbooks";
import { NotServed, type Site } from "./site";
import { checkWhoCounts } from "./whocounts";
import { describePolicy, samePolicy } from "./witnesspolicy";

/** What a recount found, and what the plain findings say beside it. */
export interface Outcome {
  report: Report;
  /** Of the witnesses that cosigned both the register and the ledger. */
  witnesses: string[];
  bounds: Bound[];
  /** How many cards can draw or have drawn a book for this box; undefined if none were made. */
  cards: number | undefined;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Recounts `box`, and trusts the register's key that the site publishes.
 *
 * @param asked the path of the page that led to the box, if there is one: it must be the manifest's page
 * @throws Unreachable if the site cannot be reached; wrong responses are in the report
 */
export async function recount(site: Site, box: string, asked: string | undefined, progress: Progress): Promise<Outcome> {
  const start = performance.now();
  const one = new Recount(site, box, asked, progress);
  try {
    await one.walk();
  } catch (e) {
    if (!(e instanceof UnreadableLog)) throw e;
    one.totals.push(`stopped early: ${e.message}`);
  }
  return one.outcome(Math.round(performance.now() - start));
}

class Recount {
  private readonly findings = new Findings();
  readonly totals: string[] = [];
  private instance: Instance | undefined;
  private manifest: BoxManifest | undefined;
  private readonly readers = new Map<string, LogReader>();
  private counts: ClassCount[] = [];
  private witnesses: string[] = [];
  private bounds: Bound[] = [];
  private cards: number | undefined;

  constructor(
    private readonly site: Site,
    private readonly box: string,
    private readonly asked: string | undefined,
    private readonly progress: Progress,
  ) {}

  async walk(): Promise<void> {
    const instance = (this.instance = await this.readInstance());
    const register = this.reader("register", instance.registerPath, instance.registerKey);
    const offered = new RegisterScan(this.findings.check("register leaves"));
    const registerHead = await register.cosignedHead(instance.policy);
    await register.advance(registerHead.head, offered.verify, offered.record);
    const manifest = (this.manifest = await this.manifestOf(offered, instance));
    this.checkAsked(manifest);

    const ledger = this.reader("ledger", instance.ledgerPath, instance.ledgerKey);
    const ledgerLeaves = this.findings.check("ledger leaves");
    const happened = new LedgerScan(this.box, await boxKey(instance, this.box), ledgerLeaves, this.findings.check("registered checkpoints"));
    const ledgerHead = await ledger.cosignedHead(instance.policy);
    await ledger.advance(ledgerHead.head, happened.verify, happened.record);
    this.witnesses = registerHead.cosigners.filter((name) => ledgerHead.cosigners.includes(name));
    const published = happened.published();

    const shown = await this.page(manifest);
    await this.text(manifest);
    await register.advance(await register.head(), offered.verify, offered.record);
    await ledger.advance(await ledger.head(), happened.verify, happened.record);
    await register.finish();
    await ledger.finish();
    this.leaves("register", register, offered.kinds, offered.leavesFinding);
    this.leaves("ledger", ledger, happened.kinds, ledgerLeaves);
    this.oneBox(manifest, offered);
    this.checkWitnesses(instance, offered);

    await this.count(instance, manifest, offered, happened, shown, published);
  }

  private reader(name: string, folder: string, key: Verifier): LogReader {
    const reader = new LogReader(this.site, name, folder, key, this.findings, this.progress);
    this.readers.set(name, reader);
    return reader;
  }

  private async readInstance(): Promise<Instance> {
    const finding = this.findings.check("register key");
    try {
      const instance = await parseInstance(await this.site.read(INSTANCE_PATH));
      finding.succeed(`${instance.vkey} (trusted because the site says so; pin it with --key)`);
      return instance;
    } catch (e) {
      if (e instanceof NotServed) throw new UnreadableLog(finding, `${INSTANCE_PATH} is not served`);
      throw new UnreadableLog(finding, `${INSTANCE_PATH}: ${messageOf(e)}`);
    }
  }

  private async manifestOf({ boxes }: RegisterScan, instance: Instance): Promise<BoxManifest> {
    const finding = this.findings.check("manifest");
    const offer = boxes.offer(this.box);
    if (offer === undefined) throw new UnreadableLog(finding, `box ${this.box} is not in the register`);
    const { leaf, manifest } = offer;
    const own = (await boxKey(instance, this.box)).name;
    if (manifest.origin !== own) finding.fail(`register leaf ${leaf}: origin is ${manifest.origin}, not ${own}`);
    const where = manifest.campus === "*" ? "every campus" : manifest.campus;
    finding.succeed(`register leaf ${leaf}: box ${this.box}, ${manifest.kind} ${manifest.path} at ${where}`);
    return manifest;
  }

  /** Checks that the record belongs to the page that led here. */
  private checkAsked(manifest: BoxManifest): void {
    if (this.asked === undefined) return;
    const finding = this.findings.check("page asked for");
    finding.succeed(manifest.path);
    if (!isAt(manifest, this.asked)) finding.fail(`you asked for ${this.asked}, but its record is the record of ${manifest.path}`);
  }

  private async page({ path }: BoxManifest): Promise<PageNumber[]> {
    try {
      return pageNumbers(decoder.decode(await this.site.read(path)));
    } catch (e) {
      if (!(e instanceof NotServed)) throw e;
      this.findings.check("page").fail(`${path} is not served`);
      return [];
    }
  }

  private async text({ textSha256 }: BoxManifest): Promise<void> {
    const finding = this.findings.check("text");
    const path = `/text/${textSha256}.json`;
    try {
      const digest = hex(await sha256(await this.site.read(path)));
      finding.succeed(`${path} is the text that people signed: SHA-256 ${digest}`);
      if (digest !== textSha256) finding.fail(`${path} has SHA-256 ${digest}, but the manifest says ${textSha256}`);
    } catch (e) {
      if (!(e instanceof NotServed)) throw e;
      finding.fail(`${path} is not served`);
    }
  }

  private leaves(log: string, { size }: LogReader, kinds: LeafKinds, finding: Finding): void {
    finding.succeed(`${kinds}${kinds.hasUnknown() ? " (unknown types are counted, not checked)" : ""}`);
    this.totals.push(`${log}: ${size} leaves read (${kinds})`);
  }

  /** Checks that no page has two boxes at once: the operator could show one of them to one person only. */
  private oneBox({ path }: BoxManifest, { boxes }: RegisterScan): void {
    const finding = this.findings.check("one box for each page");
    for (const fault of boxes.faults()) finding.fail(fault);
    const over = boxes.supersession(this.box);
    let which = `this one closed before the current box of ${path} opened`;
    if (over !== undefined) which = `this one is superseded by box ${over.by} since ${over.at} (register leaf ${over.leaf})`;
    else if (boxes.isCurrent(this.box)) which = `this one is the current box of ${path}`;
    finding.succeed(`${boxes.all().length} boxes; ${which}`);
  }

  /** Checks that the register names the witnesses that the instance names to this reader. */
  private checkWitnesses({ policy }: Instance, register: RegisterScan): void {
    const finding = this.findings.check("witnesses");
    const { leaf, says } = register.policy;
    const where = leaf < 0 ? "the register names none" : `register leaf ${leaf}`;
    finding.succeed(`${describePolicy(policy)} (${where})`);
    if (!samePolicy(says, policy)) finding.fail(`${where}: ${describePolicy(says)}, but ${INSTANCE_PATH} names ${describePolicy(policy)}`);
  }

  private async keys({ classes, box }: BoxManifest): Promise<CryptoKey[]> {
    const finding = this.findings.check("issuer keys");
    const keys = new Map<string, CryptoKey>();
    const spkis: Bytes[] = [];
    for (const { keyId } of classes) {
      try {
        spkis.push(await this.site.read(`/key/${keyId}`));
      } catch (e) {
        if (!(e instanceof NotServed)) throw e;
        throw new UnreadableLog(finding, `/key/${keyId} is not served`);
      }
    }
    try {
      for (const spki of spkis) {
        const key = await parseIssuerKey(base64(spki));
        if (!classes.some(({ keyId }) => keyId === hex(key.keyId))) throw new Error(`a key is not a key of box ${box}`);
        keys.set(hex(key.keyId), await importIssuerKey(key));
      }
      const missing = classes.find(({ keyId }) => !keys.has(keyId));
      if (missing !== undefined) throw new Error(`the key of class ${missing.name} is missing`);
    } catch (e) {
      throw new UnreadableLog(finding, messageOf(e));
    }
    finding.succeed(`${spkis.length}${spkis.length === 1 ? " key has" : " keys have"} the SHA-256 that the manifest says`);
    return classes.map(({ keyId }) => keys.get(keyId)!);
  }

  private async count(
    instance: Instance,
    manifest: BoxManifest,
    register: RegisterScan,
    ledger: LedgerScan,
    shown: PageNumber[],
    published: number,
  ): Promise<void> {
    const reader = this.reader("box", boxPath(this.box), await boxKey(instance, this.box));
    const newest = await reader.head();
    const { challengeDigest } = await parseManifest(manifest.leaf);
    const rules: BoxRules = { manifest, challengeDigest, keys: await this.keys(manifest) };
    const entriesFinding = this.findings.check("entries");
    const withdrawalsFinding = this.findings.check("withdrawals");
    const wanted = new Set([...ledger.registered.map(({ size }) => size), ...shown.map(({ size }) => size), published]);
    const scan = new BoxScan(rules, wanted, entriesFinding, withdrawalsFinding);
    scan.snapshotIfWanted(0, () => reader.rootAt(0));
    await reader.advance(newest, scan.verify, (index, seen) => {
      scan.record(index, seen);
      scan.snapshotIfWanted(index + 1, () => reader.rootAt(index + 1));
    });
    await reader.finish();
    this.counts = scan.counts();

    const entries = this.counts.reduce((sum, one) => sum + one.entries, 0);
    const withdrawals = this.counts.reduce((sum, one) => sum + one.withdrawals, 0);
    entriesFinding.succeed(`${entries} entries: every token, nonce and signature verifies, no nonce twice`);
    withdrawalsFinding.succeed(`${withdrawals} withdrawals, each signed by its entry's key, after it and once`);
    this.totals.push(`box: ${reader.size} leaves read (${entries} entries, ${withdrawals} withdrawals)`);
    this.totals.push(
      `verified: ${scan.verifiedTokens} tokens (RSA), ${scan.verifiedTokens + scan.verifiedWithdrawals} signatures (Ed25519), ` +
        `${ledger.registered.length} registered checkpoints`,
    );

    const size = newest.checkpoint.size;
    await this.registered(ledger, scan, size);
    this.closed(ledger, manifest, size);
    checkWhoCounts(register, manifest, this.findings.check("who counts"));
    const within = new SignaturesWithinBooks(register, ledger, manifest, scan, this.findings.check("signatures ≤ books"));
    within.check();
    this.bounds = within.bounds;
    if (manifest.classes.some(({ name }) => name === IN_PERSON)) {
      this.cards = new BooksWithinCards(register, ledger, manifest, scan, this.findings.check("books in person ≤ cards")).check();
    }
    this.numbers(manifest, register, shown, published, scan, size);
  }

  private async registered({ registered, registeredFinding: finding }: LedgerScan, scan: BoxScan, size: number): Promise<void> {
    for (const one of registered) {
      const snapshot = scan.at(one.size);
      const root = await snapshot?.root;
      if (root === undefined) {
        finding.fail(`ledger leaf ${one.leaf}: checkpoint of ${one.size} leaves, but the box has only ${size}`);
      } else if (!equal(root, one.root)) {
        finding.fail(
          `ledger leaf ${one.leaf}: another history: its checkpoint of ${one.size} leaves says root ${base64(one.root)}, ` +
            `the box's first ${one.size} give ${base64(root)}`,
        );
      }
    }
    finding.succeed(`${registered.length}, each signed, each a prefix of the next and of the box`);
  }

  private closed({ closed }: LedgerScan, { classes }: BoxManifest, size: number): void {
    if (closed === undefined) return;
    const finding = this.findings.check("closed");
    const where = `ledger leaf ${closed.leaf}: `;
    finding.succeed(`${where}final checkpoint of ${closed.size} leaves, issuer keys destroyed`);
    if (closed.size !== size) finding.fail(`${where}closed with ${closed.size} leaves, but the box has ${size}`);
    for (const { name, keyId } of classes) {
      if (!closed.keysDestroyed.includes(keyId)) finding.fail(`${where}the key of class ${name} is not among those destroyed`);
    }
  }

  /**
   * Checks the numbers on the page. A page whose text was corrected also shows the counts of its superseded boxes.
   *
   * @param published the number of the box's leaves that were registered before the page was read
   */
  private numbers({ path }: BoxManifest, { boxes }: RegisterScan, all: PageNumber[], published: number, scan: BoxScan, size: number): void {
    const finding = this.findings.check("numbers on the page");
    const ofPage = boxes.all().filter(({ manifest }) => manifest.box !== this.box && manifest.path === path);
    const siblings = new Set(ofPage.map(({ manifest }) => manifest.box));
    const shown = all.filter(({ box }) => !siblings.has(box));
    for (const number of shown) {
      const fault = this.faultOf(number, scan, size);
      if (fault !== undefined) finding.fail(`the page says ${number.value} of class ${number.className}${fault}`);
    }
    const isCurrent = boxes.isCurrent(this.box);
    for (const one of scan.at(published)?.counts ?? scan.counts()) { // the page may be older than the first batch published since
      const isNamed = shown.some(({ className }) => className === one.name);
      if (!isNamed && isCurrent && !mayHide(countOf(one))) {
        finding.fail(`the page marks no number of class ${one.name}, but the box gives ${countOf(one)}`);
      }
    }
    const none = isCurrent ? "none shown (each class is under 10)" : "none shown of a superseded box";
    const agree = shown.length === 1 ? " number marked there agrees" : " numbers marked there agree";
    finding.succeed(shown.length === 0 ? none : `${shown.length}${agree} with the box, as people read it; numbers without markup were not checked`);
  }

  private faultOf(number: PageNumber, scan: BoxScan, size: number): string | undefined {
    const snapshot = scan.at(number.size);
    if (number.box !== this.box) return ` of another box, ${number.box}`;
    if (!isReadAsValue(number)) return `, but the visible text is "${number.read ?? ""}"`;
    if (number.size < 0) return " without the size of the box at that count";
    if (snapshot === undefined) return ` at ${number.size} leaves, but the box has only ${size}`;
    const count = countOf(classIn(snapshot.counts, number.className));
    return isCorrectFor(number, count) ? undefined : ` at ${number.size} leaves, but the box gives ${count}`;
  }

  async outcome(milliseconds: number): Promise<Outcome> {
    const checks = this.findings.checks();
    const report: Report = {
      v: 1,
      ok: this.counts.length > 0 && checks.every(({ ok }) => ok),
      host: this.instance?.host ?? "",
      box: this.box,
      path: this.manifest?.path ?? "",
      register_key: this.instance?.vkey ?? "",
      register: await this.log("register"),
      ledger: await this.log("ledger"),
      log: await this.log("box"),
      counts: this.counts.map((one) => ({ class: one.name, count: countOf(one), entries: one.entries, withdrawals: one.withdrawals })),
      checks,
      totals: this.totals,
      milliseconds,
    };
    return { report, witnesses: this.witnesses, bounds: this.bounds, cards: this.cards };
  }

  private async log(name: string): Promise<Log> {
    const reader = this.readers.get(name);
    return reader === undefined ? { size: 0, root: null } : { size: reader.size, root: base64(await reader.root()) };
  }
}
