/**
 * Reads the register whole and knows every box that it offers (PROTOCOL §4, §9): nobody can show this person a box
 * that others do not see. Goes on from the leaves that this device kept.
 */
import { equal, fromUtf8, hex, type Bytes } from "./bytes";
import { sha256 } from "./crypto";
import { getBytes } from "./http";
import {
  asProofFailure,
  openCosigned,
  parsePolicy,
  pinPolicy,
  registerLog,
  samePolicy,
  type Instance,
  type WitnessPolicy,
} from "./logs";
import * as store from "./store";
import { leafHash, merkleRoot, parseBundle, parseCheckpoint, TILE_WIDTH, tilePath } from "./tlog";

/** A box as the register's leaf opens it; `manifest` are the leaf's bytes. */
export interface Offer {
  leaf: number;
  manifest: Bytes;
  box: string;
  path: string;
  text: string;
  campus: string;
  campaign: string | null;
  opens: number;
  closes: number;
}

type Json = Record<string, unknown>;

/** The newest rules of a roll (PROTOCOL §4). */
export interface Roll {
  /** The roll's id, which is a campus's. */
  id: string;
  campuses: string[];
  /** The mail domains at which the same name is one person. */
  domains: string[];
  /** The mail domains at which the same name is another person, each for itself. */
  separateDomains: string[];
  /** What of a name does not count, besides capitals and `+tags`: `dots`, `hyphen-tag`. */
  folds: string[];
}

/** The shortest life of a gateway's key: one for a moment could be for one person. */
const KEY_MS = 6 * 86_400_000;

/** The boxes that a register offers, and the rolls. Each page has at most one current box. */
export class Register {
  private readonly offers = new Map<string, Offer>();
  /** By page and digest of the text; the older ones are over. */
  private readonly newestOfWords = new Map<string, Offer>();
  /** By page. */
  private readonly currentBoxes = new Map<string, string>();
  /** By page: the box that the next leaf for it must open. */
  private readonly awaited = new Map<string, { leaf: number; box: string }>();
  /** The newest rules of each roll. */
  private readonly rolls = new Map<string, Roll>();
  private readonly released = new Set<string>();
  private named: Json = { witnesses: [], quorum: 0 };
  private namedRelay: Json | null = null;
  /** The newest key of the gateway, and when it was named first. */
  private gatewayKey: { key: string; since: number } | undefined;

  /** @throws Error if leaves contradict each other; the message names the leaf */
  constructor(leaves: Bytes[]) {
    leaves.forEach((leaf, index) => this.add(leaf, index));
    for (const [path, { leaf, box }] of this.awaited) throw fault(leaf, `box ${box} for ${path} is not in the register`);
  }

  private add(leaf: Bytes, index: number): void {
    const json = JSON.parse(fromUtf8(leaf)) as Json;
    if (json.v !== 1) return;
    if (json.type === "box.opened") this.opened(leaf, index, json);
    if (json.type === "box.superseded") this.superseded(index, String(json.box), String(json.by));
    if (json.type === "witnesses.named") this.named = json;
    if (json.type === "relay.named") this.relayNamed(index, json.relay as Json | null, Date.parse(String(json.from)));
    if (json.type === "client.released") for (const digest of Object.values(json.files as Json)) this.released.add(String(digest));
    if (json.type === "roll.rules") {
      const texts = (name: string): string[] => (json[name] as unknown[]).map(String);
      const id = String(json.campus);
      const domains = { domains: texts("domains"), separateDomains: texts("separate_domains") };
      this.rolls.set(id, { id, campuses: texts("campuses"), ...domains, folds: texts("folds") });
    }
  }

  private relayNamed(leaf: number, relay: Json | null, from: number): void {
    this.namedRelay = relay;
    const before = this.gatewayKey;
    if (relay === null || before?.key === relay.key) return;
    if (before !== undefined && !(from >= before.since + KEY_MS)) throw fault(leaf, "the gateway's key is replaced before six days are over");
    this.gatewayKey = { key: String(relay.key), since: from };
  }

  private opened(manifest: Bytes, leaf: number, json: Json): void {
    const offer: Offer = {
      leaf,
      manifest,
      box: String(json.box),
      path: String((json.subject as Json).path),
      text: String((json.subject as Json).text_sha256),
      campus: String(json.campus),
      campaign: json.campaign === null ? null : String(json.campaign),
      opens: Date.parse(String(json.opens)),
      closes: Date.parse(String(json.closes)),
    };
    const { box, path } = offer;
    if (this.offers.has(box)) throw fault(leaf, `box ${box} is opened twice`);
    const words = `${path} ${offer.text}`;
    const same = this.newestOfWords.get(words);
    if (same !== undefined && !(offer.opens >= same.closes)) {
      throw fault(leaf, `box ${box} is a second box for the words of box ${same.box} at ${path}`);
    }
    this.newestOfWords.set(words, offer);
    const due = this.awaited.get(path);
    if (due !== undefined && due.box !== box) throw fault(leaf, `leaf ${due.leaf} names another box for ${path}`);
    const other = this.current(path);
    if (other !== undefined && !(offer.opens >= other.closes)) throw fault(leaf, `box ${box} is a second box for ${path}`);
    this.awaited.delete(path);
    this.offers.set(box, offer);
    this.currentBoxes.set(path, box);
  }

  private superseded(leaf: number, box: string, by: string): void {
    const old = this.offers.get(box);
    if (old === undefined || !this.isCurrent(old)) throw fault(leaf, `box ${box} is not a current box`);
    const next = this.offers.get(by);
    if (next !== undefined && (next.path !== old.path || by === box)) throw fault(leaf, `box ${by} is of another page`);
    if (next === undefined) {
      this.currentBoxes.delete(old.path);
      this.awaited.set(old.path, { leaf, box: by });
    } else {
      this.currentBoxes.set(old.path, by);
    }
  }

  offer(box: string): Offer | undefined {
    return this.offers.get(box);
  }

  /** The page's current box; it may be closed. */
  current(path: string): Offer | undefined {
    const box = this.currentBoxes.get(path);
    return box === undefined ? undefined : this.offers.get(box);
  }

  /** All boxes that the page ever had, in the order of the register. */
  boxesOf(path: string): Offer[] {
    return [...this.offers.values()].filter((one) => one.path === path);
  }

  isCurrent(offer: Offer): boolean {
    return this.currentBoxes.get(offer.path) === offer.box;
  }

  /** True if a file that browsers run, with this SHA-256 in hex, was ever released. */
  isReleased(digest: string): boolean {
    return this.released.has(digest);
  }

  /** The witnesses that the register names. */
  policy(): Promise<WitnessPolicy> {
    return parsePolicy(this.named.witnesses, this.named.quorum);
  }

  /** The relay that the register names: `url`, `operator`, `key`; undefined if there is none. */
  relay(): Json | undefined {
    return this.namedRelay ?? undefined;
  }

  /**
   * The roll that serves `campus`.
   *
   * @param domain of the person's address, if it is known
   * @throws Error if there is not exactly one such roll, or not exactly one for the domain: the server could give one
   *     person the book of a campus that nobody else is on
   */
  rollOf(campus: string, domain?: string): Roll {
    const rolls = [...this.rolls.values()];
    const [roll, ...others] = rolls.filter(({ campuses }) => campuses.includes(campus));
    if (roll === undefined || others.length > 0) throw new Error(`the register does not say who belongs to ${campus}`);
    if (domain !== undefined && rolls.some((one) => [...one.domains, ...one.separateDomains].includes(domain) !== (one === roll))) {
      throw new Error(`the register does not say that ${domain} is of ${campus}`);
    }
    return roll;
  }

  /** The current boxes that must be in a book of these campuses, if they are open at `now` (ms since 1970). */
  book(campuses: Set<string>, now: number): Offer[] {
    const all = [...this.offers.values()];
    const campaigns = new Set(all.filter(({ campus }) => campuses.has(campus)).map(({ campaign }) => campaign));
    return all.filter(
      (one) =>
        this.isCurrent(one) &&
        one.opens <= now &&
        now < one.closes &&
        (one.campus === "*" ? one.campaign !== null && campaigns.has(one.campaign) : campuses.has(one.campus)),
    );
  }
}

/** True after the scripts of this page were checked. */
let isChecked = false;

/**
 * Checks, once a page, that the scripts of this page are files that the register says were released. A script that lies does not
 * check itself: this finds a file that was changed on its way, or beside this one; `watch` finds the rest.
 */
async function requireReleased(register: Register): Promise<void> {
  if (isChecked) return;
  for (const { src } of document.scripts) {
    const { origin, protocol, pathname } = new URL(src, location.href);
    if (src === "" || !/^https?:$/.test(protocol)) continue; // an extension's own
    if (origin !== location.origin) throw new Error(`a script comes from ${origin}`);
    if (!register.isReleased(hex(await sha256(await getBytes(pathname, "force-cache"))))) {
      throw new Error(`the register does not name the file ${pathname}`);
    }
  }
  isChecked = true;
}

const fault = (leaf: number, what: string): Error => new Error(`leaf ${leaf}: ${what}`);

/**
 * Reads the register up to its newest checkpoint, and keeps its leaves on this device.
 *
 * @throws NotWitnessed if too few witnesses have cosigned the checkpoint
 * @throws ProofFailed if a leaf is not under the checkpoint, the register is not the one that this device kept, or
 *     leaves contradict each other
 */
export async function readRegister(of: Instance): Promise<Register> {
  const { origin, path } = registerLog(of);
  const { text } = await openCosigned(of, registerLog(of));
  return asProofFailure(origin, async () => {
    const checkpoint = parseCheckpoint(text, origin);
    const kept = await store.keptLeaves(origin);
    const leaves = kept.slice(0, checkpoint.size);
    for (let bundle = Math.floor(kept.length / TILE_WIDTH); leaves.length < checkpoint.size; bundle++) {
      const width = Math.min(TILE_WIDTH, checkpoint.size - bundle * TILE_WIDTH);
      const entries = parseBundle(await getBytes(`${path}tile/${tilePath("entries", bundle, width)}`));
      if (entries.length !== width) throw new Error(`bundle ${bundle} has ${entries.length} leaves`);
      leaves.push(...entries.slice(leaves.length - bundle * TILE_WIDTH));
    }
    if (!equal(await merkleRoot(await Promise.all(leaves.map(leafHash))), checkpoint.root)) {
      throw new Error(kept.length > 0 ? "the log has two histories" : "the leaves are not under the checkpoint");
    }
    const newest = kept.length > leaves.length ? kept : leaves;
    const register = new Register(newest);
    if (!samePolicy(await register.policy(), of.policy)) throw new Error("the register names other witnesses");
    await requireReleased(register);
    if (!samePolicy(of.pinnedPolicy, of.policy)) await pinPolicy(of);
    if (newest.length > kept.length) await store.keepLeaves(origin, newest);
    return register;
  });
}
