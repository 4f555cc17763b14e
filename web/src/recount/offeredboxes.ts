/**
 * The boxes that a register offers, from its leaves in their order (PROTOCOL §9). At any moment each page has at most one
 * current box: a second one, which could be shown to one person only, is a fault. Unlike `Register` of the signing page, which
 * stops at the first fault, this class collects all faults.
 */
import type { BoxManifest } from "./boxmanifest";
import type { RegisterLeaf } from "./registerleaf";

const MOST_FAULTS = 100;

export interface Offer {
  leaf: number;
  manifest: BoxManifest;
}

export interface Supersession {
  leaf: number;
  by: string;
  at: string;
}

const words = ({ kind, path, textSha256 }: BoxManifest): string => `${kind} ${path} ${textSha256}`;

export class OfferedBoxes {
  private readonly offers = new Map<string, Offer>();
  private readonly newestOfWords = new Map<string, Offer>();
  private readonly supersessions = new Map<string, Supersession>();
  private readonly currentBoxes = new Map<string, string>();
  /** By page: the box that must be opened next there. */
  private readonly awaited = new Map<string, { leaf: number; box: string }>();
  private readonly campusesByCampaign = new Map<string, Set<string>>();
  private readonly found: string[] = [];

  /** Takes the next leaf; leaves of other types change nothing here. */
  add(index: number, leaf: RegisterLeaf): void {
    if (leaf.type === "box.opened") this.opened(index, leaf.manifest);
    if (leaf.type === "box.superseded") this.superseded(index, leaf);
  }

  private opened(index: number, manifest: BoxManifest): void {
    const { box, path, campaign, campus } = manifest;
    const known = this.offers.get(box);
    if (known !== undefined) return this.fault(index, `a second manifest of box ${box} (the first is leaf ${known.leaf})`);
    const same = this.newestOfWords.get(words(manifest));
    if (same !== undefined && manifest.opens < same.manifest.closes) {
      return this.fault(index, `box ${box} is a second box for the words of box ${same.manifest.box} at ${path} (leaf ${same.leaf})`);
    }
    const offer = { leaf: index, manifest };
    this.offers.set(box, offer);
    this.newestOfWords.set(words(manifest), offer); // the older ones are over
    if (campaign !== null && campus !== "*") {
      this.campusesByCampaign.set(campaign, (this.campusesByCampaign.get(campaign) ?? new Set()).add(campus));
    }
    const due = this.awaited.get(path);
    this.awaited.delete(path);
    const other = this.current(path);
    if (due !== undefined && due.box !== box) {
      this.fault(index, `box ${box} opens for ${path}, but leaf ${due.leaf} names box ${due.box}`);
    } else if (other !== undefined && manifest.opens < other.manifest.closes) {
      return this.fault(index, `box ${box} is a second box for ${path}: box ${other.manifest.box} (leaf ${other.leaf}) is current`);
    }
    this.currentBoxes.set(path, box);
  }

  private superseded(index: number, { box, by, at }: { box: string; by: string; at: string }): void {
    const old = this.offers.get(box);
    if (old === undefined) return this.fault(index, `supersedes box ${box}, which is not in the register`);
    const { path } = old.manifest;
    if (!this.isCurrent(box)) return this.fault(index, `supersedes box ${box}, which is not the current box of ${path}`);
    this.supersessions.set(box, { leaf: index, by, at });
    this.currentBoxes.delete(path);
    const next = this.offers.get(by);
    if (next === undefined) {
      this.awaited.set(path, { leaf: index, box: by });
    } else if (next.manifest.path !== path) {
      this.fault(index, `the box ${by} that it names is a box for ${next.manifest.path}, not for ${path}`);
    } else {
      this.supersessions.delete(by);
      this.currentBoxes.set(path, by);
    }
  }

  private fault(index: number, what: string): void {
    if (this.found.length < MOST_FAULTS) this.found.push(`register leaf ${index}: ${what}`);
  }

  /** Where the leaves contradict each other: each names its leaf. */
  faults(): string[] {
    const missing = [...this.awaited].map(([path, { leaf, box }]) => `register leaf ${leaf}: the box ${box} that it names for ${path} is not in the register`);
    return [...this.found, ...missing];
  }

  /** Every box, in the order of the register. */
  all(): Offer[] {
    return [...this.offers.values()];
  }

  offer(box: string): Offer | undefined {
    return this.offers.get(box);
  }

  /** The page's current box; it may be closed. */
  private current(path: string): Offer | undefined {
    const box = this.currentBoxes.get(path);
    return box === undefined ? undefined : this.offers.get(box);
  }

  isCurrent(box: string): boolean {
    const offer = this.offers.get(box);
    return offer !== undefined && this.currentBoxes.get(offer.manifest.path) === box;
  }

  /** What superseded the box; undefined while it is the current box of its page. */
  supersession(box: string): Supersession | undefined {
    return this.supersessions.get(box);
  }

  /** The campuses of the campaign that have a box for this campus only. */
  campusesOf(campaign: string | null): Set<string> {
    return (campaign === null ? undefined : this.campusesByCampaign.get(campaign)) ?? new Set();
  }
}
