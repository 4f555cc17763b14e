/** Leaves of the register (PROTOCOL §9). A known type must match its format exactly. */
import { base64, unbase64, type Bytes } from "../bytes";
import { parseBoxManifest, type BoxManifest } from "./boxmanifest";
import { boxId, Fields, isSorted, parseCanonical, sha256Hex } from "./fields";
import { parsePolicy, type WitnessPolicy } from "./witnesspolicy";

export interface RollRules {
  type: "roll.rules";
  campus: string;
  campuses: string[];
  domains: string[];
  separateDomains: string[];
  folds: string[];
}

export type RegisterLeaf =
  | { type: "box.opened"; manifest: BoxManifest }
  | { type: "box.superseded"; box: string; by: string; at: string }
  | RollRules
  | { type: "client.released" }
  | { type: "witnesses.named"; policy: WitnessPolicy }
  | { type: "relay.named"; key: string | undefined; from: string }
  | { type: "unknown"; of: string };

const MOST_CAMPUSES = 1024;
const MOST_WITNESSES = 64;

/** @throws Error if it is not canonical JSON with type and version, or breaks a rule of its type */
export async function parseRegisterLeaf(bytes: Bytes): Promise<RegisterLeaf> {
  const json = parseCanonical(bytes);
  const fields = new Fields(json, "register leaf");
  const type = fields.text("type");
  const version = fields.integer("v", 1);
  if (version !== 1) return { type: "unknown", of: `${type} v${version}` };
  switch (type) {
    case "box.opened":
      return { type, manifest: parseBoxManifest(json) };
    case "box.superseded":
      return superseded(fields);
    case "roll.rules":
      return rules(fields);
    case "client.released":
      return released(fields);
    case "witnesses.named":
      return named(fields);
    case "relay.named":
      return relay(fields);
    default:
      return { type: "unknown", of: type };
  }
}

function superseded(fields: Fields): RegisterLeaf {
  const leaf = { type: "box.superseded" as const, box: boxId(fields.text("box")), by: boxId(fields.text("by")), at: fields.instant("at") };
  if (leaf.box === leaf.by) throw new Error("a box cannot supersede itself");
  fields.end();
  return leaf;
}

function rules(fields: Fields): RollRules {
  const leaf = {
    type: "roll.rules" as const,
    campus: fields.text("campus"),
    campuses: fields.texts("campuses", MOST_CAMPUSES),
    class: fields.text("class"),
    domains: fields.texts("domains", MOST_CAMPUSES),
    separateDomains: fields.texts("separate_domains", MOST_CAMPUSES),
    folds: fields.texts("folds", 16),
    from: fields.instant("from"),
  };
  if (leaf.campuses.length === 0) throw new Error("rules must have at least one campus");
  for (const list of [leaf.campuses, leaf.domains, leaf.separateDomains, leaf.folds]) {
    if (!isSorted(list)) throw new Error("the lists of rules must be sorted and without repetition");
  }
  fields.end();
  return leaf;
}

function released(fields: Fields): RegisterLeaf {
  fields.text("version");
  const files = fields.object("files");
  const digests = files.names().map((name) => [name, files.text(name)] as const);
  fields.instant("from");
  for (const [name, digest] of digests) sha256Hex(digest, `files.${name}`);
  fields.end();
  return { type: "client.released" };
}

async function named(fields: Fields): Promise<RegisterLeaf> {
  const vkeys = fields.texts("witnesses", MOST_WITNESSES);
  const policy = await parsePolicy(vkeys, fields.integer("quorum", 0));
  fields.instant("from");
  fields.end();
  if (policy.witnesses.some(({ vkey }, i) => vkey !== vkeys[i])) throw new Error("witnesses.named is not in canonical form");
  return { type: "witnesses.named", policy };
}

function relay(fields: Fields): RegisterLeaf {
  const isNone = fields.field("relay") === null;
  const key = isNone ? undefined : relayKey(fields.object("relay"));
  const leaf = { type: "relay.named" as const, key, from: fields.instant("from") };
  fields.end();
  return leaf;
}

const WEB = /^https?:\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:[0-9]*)?\/[A-Za-z0-9/._~!$&'()*+,;=:@%-]+$/;
const MAX_URL = 255;
const MAX_OPERATOR = 100;
/** A key configuration (RFC 9458 §3.1) with DHKEM(X25519, HKDF-SHA256) and the one pair HKDF-SHA256, AES-128-GCM. */
const CONFIG_SIZE = 41;
const KEM = [0x00, 0x20];
const ALGORITHMS = [0x00, 0x04, 0x00, 0x01, 0x00, 0x01];

function relayKey(fields: Fields): string {
  const [url, operator, text] = [fields.text("url"), fields.text("operator"), fields.text("key")];
  let config: Bytes;
  try {
    config = unbase64(text);
  } catch {
    throw new Error("key is not canonical base64");
  }
  if (config.length !== CONFIG_SIZE || KEM.some((byte, i) => config[1 + i] !== byte) || ALGORITHMS.some((byte, i) => config[35 + i] !== byte)) {
    throw new Error("relay: a gateway's key must be for X25519 and HKDF-SHA256 with AES-128-GCM");
  }
  if (url.length > MAX_URL || !WEB.test(url)) throw new Error("the address must be like https://relay.example.net/sign.example.org");
  if (operator.trim() !== operator || operator === "" || operator.length > MAX_OPERATOR || /\p{Cc}/u.test(operator)) {
    throw new Error(`the operator must have a name of 1 to ${MAX_OPERATOR} characters`);
  }
  fields.end();
  return base64(config);
}
