/** A box's manifest (PROTOCOL §3), with all rules of the command line's `Manifest`. */
import { utf8, type Bytes } from "../bytes";
import { canonical } from "../manifest";
import { boxId, Fields, millis } from "./fields";

export interface BoxManifest {
  /** The bytes of the register leaf. */
  leaf: Bytes;
  box: string;
  kind: string;
  path: string;
  textSha256: string;
  campus: string;
  campaign: string | null;
  origin: string;
  classes: { name: string; keyId: string }[];
  /** The number of affiliations: an entry has 0, or one of 1 to this. */
  affiliations: number;
  /** Milliseconds since 1970, in whole seconds. */
  opens: number;
  closes: number;
}

const PATH = /^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*){1,8}$/;
const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$/;
const WORD = /^[a-z0-9]+([_-][a-z0-9]+)*$/;
const MAX_CLASSES = 16;
const MAX_NAME = 255;
const MAX_AFFILIATIONS = 255;

function require(good: boolean, otherwise: string): void {
  if (!good) throw new Error(otherwise);
}

const isName = (text: string): boolean => text.length <= MAX_NAME && NAME.test(text);

function classOf(item: unknown): { name: string; keyId: string } {
  const fields = new Fields(item, "manifest.classes");
  const one = { name: fields.text("name"), keyId: fields.digest("token_key_id") };
  require(one.name.length <= 32 && WORD.test(one.name), `class name is not a plain word: ${one.name}`);
  fields.end();
  return one;
}

/** @throws Error if a rule is broken; the message names it */
export function parseBoxManifest(json: unknown): BoxManifest {
  const fields = new Fields(json, "manifest");
  fields.text("type");
  fields.integer("v", 1);
  const subject = fields.object("subject");
  const publish = fields.object("publish");
  const classes = fields.list("classes", MAX_CLASSES).map(classOf);
  const box = boxId(fields.text("box"));
  const [kind, path, textSha256] = [subject.text("kind"), subject.text("path"), subject.digest("text_sha256")];
  require(["petition", "pledge", "question"].includes(kind), `subject.kind is unknown: ${kind}`);
  require(path.length <= MAX_NAME && PATH.test(path), "subject.path is not a plain path");
  const [campus, campaign, origin, issuer] = [fields.text("campus"), fields.textOrNull("campaign"), fields.text("origin"), fields.text("issuer")];
  const affiliations = fields.texts("affiliations", MAX_AFFILIATIONS);
  const [opens, closes] = [millis(fields.instant("opens")), millis(fields.instant("closes"))];
  publish.integer("min_batch", 1);
  publish.integer("hold_back", 0);
  const interval = publish.integer("interval_s", 0);
  require(publish.integer("max_delay_s", 0) >= interval, "publish.max_delay_s is less than interval_s");
  const host = origin.slice(0, -`/box/${box}`.length);
  require(campus === "*" || isName(campus), "campus is not a directory id or *");
  require(campaign === null || (campaign.length <= MAX_NAME && WORD.test(campaign)), "campaign is not a slug");
  require(isName(issuer), "issuer is not a host");
  require(origin.endsWith(`/box/${box}`) && isName(host), "origin is not <host>/box/<box>");
  require(classes.length > 0, `the number of classes must be 1 to ${MAX_CLASSES}`);
  require(new Set(affiliations).size === affiliations.length, "an affiliation appears twice");
  for (const one of affiliations) require(one.trim() !== "" && one.length <= MAX_NAME, "an affiliation is empty or too long");
  require(opens % 1000 === 0 && closes % 1000 === 0, "opens and closes must be whole seconds");
  require(opens < closes, "closes is not after opens");
  const names = new Set<string>();
  const keys = new Set<string>();
  for (const { name, keyId } of classes) {
    require(!names.has(name), `class ${name} appears twice`);
    require(!keys.has(keyId), `class ${name} has the key of another class`);
    names.add(name);
    keys.add(keyId);
  }
  for (const one of [fields, subject, publish]) one.end();
  return { leaf: utf8(canonical(json)), box, kind, path, textSha256, campus, campaign, origin, classes, affiliations: affiliations.length, opens, closes };
}

/** True if `address` is the path of the page, of its record page or of its signing page. */
export const isAt = ({ path }: BoxManifest, address: string): boolean => [path, `${path}/record`, `${path}/sign`].includes(address);
