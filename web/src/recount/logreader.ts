/** Reads one log of a site during a recount: its signed checkpoint, once or more often, and every leaf under it. */
import { base64, equal, type Bytes } from "../bytes";
import type { Verifier } from "../note";
import type { Checkpoint } from "../tlog";
import { Cosignatures } from "./cosignatures";
import { messageOf, UnreadableLog, type Finding, type Findings } from "./findings";
import { LogWalk, type Progress, type Sink, type Work } from "./logwalk";
import { readSignedHead } from "./signedhead";
import { NotServed, type Site } from "./site";
import { SiteTiles } from "./sitetiles";
import type { WitnessPolicy } from "./witnesspolicy";

/** A log's checkpoint and the signed note that contains it. */
export interface Head {
  note: string;
  checkpoint: Checkpoint;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export class LogReader {
  private readonly headFinding: Finding;
  private readonly treeFinding: Finding;
  private readonly walk: LogWalk;

  /**
   * @param name in findings: "register", "ledger" or "box"
   * @param folder the log's path, ending in `/`
   * @param key must have signed the checkpoint; its name is the log's origin
   */
  constructor(
    private readonly site: Site,
    private readonly name: string,
    private readonly folder: string,
    private readonly key: Verifier,
    private readonly findings: Findings,
    progress: Progress,
  ) {
    this.headFinding = findings.check(`${name} checkpoint`);
    this.treeFinding = findings.check(`${name} tree`);
    this.walk = new LogWalk(name, new SiteTiles(site, folder), this.treeFinding, progress);
  }

  /** Reads the newest checkpoint. @throws UnreadableLog if it is not served, or does not verify */
  async head(): Promise<Head> {
    const path = `${this.folder}checkpoint`;
    try {
      const note = decoder.decode(await this.site.read(path));
      return { note, checkpoint: await readSignedHead(note, this.key) };
    } catch (e) {
      if (e instanceof NotServed) throw new UnreadableLog(this.headFinding, `${path} is not served`);
      throw new UnreadableLog(this.headFinding, `${path}: ${messageOf(e)}`);
    }
  }

  /**
   * Like {@link head}, with the cosignatures of a quorum of the instance's witnesses: each confirms that it saw no other history up
   * to the moment of its cosignature.
   */
  async cosignedHead(policy: WitnessPolicy): Promise<{ head: Head; cosigners: string[] }> {
    const cosignatures = new Cosignatures(this.name, policy, this.findings.check(`${this.name} cosignatures`));
    let head = await this.head();
    while (await cosignatures.shouldRetry(head.note)) head = await this.head();
    return { head, cosigners: await cosignatures.judge(head.note, head.checkpoint.size) };
  }

  /** Reads all leaves up to the checkpoint and compares their root. */
  async advance<T>({ checkpoint }: Head, work: Work<T>, sink: Sink<T>): Promise<void> {
    if (checkpoint.size < this.size) {
      return this.headFinding.fail(`the ${this.name} shrank from ${this.size} to ${checkpoint.size} leaves during the recount`);
    }
    await this.walk.advance(checkpoint.size, work, sink);
    const root = await this.root();
    if (!equal(root, checkpoint.root)) {
      this.treeFinding.fail(
        `${this.name} checkpoint of ${checkpoint.size} leaves says root ${base64(checkpoint.root)}, but its leaves give ${base64(root)}`,
      );
    }
  }

  /** Compares the last hash tiles and ends the reading. */
  async finish(): Promise<void> {
    await this.walk.finish();
    if (this.size === 0) this.headFinding.fail(`the ${this.name} is empty`);
    this.headFinding.succeed(`signed by ${this.key.name}, ${this.size} leaves`);
    this.treeFinding.succeed(`root ${base64(await this.root())} recomputed from every leaf; every hash tile agrees`);
  }

  get size(): number {
    return this.walk.size;
  }

  root(): Promise<Bytes> {
    return this.walk.rootAt(this.size);
  }

  rootAt(size: number): Promise<Bytes> {
    return this.walk.rootAt(size);
  }
}
