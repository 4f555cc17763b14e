/** Drawing a book (PROTOCOL §4): a token for every box open to the campus, all or nothing. */
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { base64, concat, equal, u16, unbase64, utf8, type Bytes } from "./bytes";
import { keyPair, random, sha256 } from "./crypto";
import { getJson, postJson } from "./http";
import { proving, registerLog, trust, type Instance } from "./logs";
import { importIssuerKey, parseManifest, type IssuerKey, type Manifest } from "./manifest";
import * as store from "./store";
import { leafHash, verifyInclusion } from "./tlog";

const CLASS = "member";
const suite = RSABSSA.SHA384.PSS.Deterministic();

export const nonceOf = (publicKey: Bytes): Promise<Bytes> => sha256(utf8("undersigned/v1/nonce\0"), publicKey);

/** Every box open to the campus, each proven to be in the register. Signs nothing, stores only what it saw. */
export async function verifiedBook(of: Instance, campus: string): Promise<Manifest[]> {
  const json = (await getJson(`/roll/${campus}/book`)) as {
    checkpoint: string;
    boxes: { manifest: string; index: number; proof: string[] }[];
  };
  const checkpoint = await trust(of, registerLog(of), json.checkpoint);
  return proving("book", async () => {
    const manifests: Manifest[] = [];
    for (const { manifest: leaf, index, proof } of json.boxes) {
      const manifest = await parseManifest(unbase64(leaf));
      const hashes = proof.map((hash) => unbase64(hash, 32));
      if (!(await verifyInclusion(await leafHash(manifest.leaf), index, checkpoint.size, hashes, checkpoint.root))) {
        throw new Error(`box ${manifest.box} is not in the register`);
      }
      if (manifest.host !== of.host) throw new Error(`box ${manifest.box} is of another instance`);
      if (manifests.some((other) => other.box === manifest.box)) throw new Error(`box ${manifest.box} is there twice`);
      manifests.push(manifest);
    }
    return manifests;
  });
}

function issuerKey(manifest: Manifest): IssuerKey | undefined {
  return manifest.classes.find((one) => one.name === CLASS);
}

/** Makes keys and blinds, once for each box; stored before anything is sent. */
async function prepare(campus: string, manifest: Manifest, key: IssuerKey): Promise<store.BoxRecord> {
  const known = await store.box(manifest.box);
  if (known !== undefined) {
    if (!equal(known.manifest, manifest.leaf)) throw new Error(`box ${manifest.box} changed its manifest`);
    return known;
  }
  const { seed, publicKey } = await keyPair(random(32));
  const tokenInput = concat(u16(2), await nonceOf(publicKey), manifest.challengeDigest, key.keyId);
  const { blindedMsg, inv } = await suite.blind(await importIssuerKey(key), tokenInput);
  const record: store.BoxRecord = {
    box: manifest.box,
    campus,
    manifest: manifest.leaf,
    seed,
    publicKey,
    tokenInput,
    blinded: new Uint8Array(blindedMsg),
    inverse: new Uint8Array(inv),
  };
  await store.setBox(record);
  return record;
}

/** Draws the whole book with a typed code. A repeated draw sends the very same bytes. */
export async function draw(campus: string, address: string, code: string, book: Manifest[]): Promise<void> {
  const wishes: { key: IssuerKey; record: store.BoxRecord }[] = [];
  for (const manifest of book) {
    const key = issuerKey(manifest);
    if (key !== undefined) wishes.push({ key, record: await prepare(campus, manifest, key) });
  }
  const answer = (await postJson(`/roll/${campus}/draw`, {
    address,
    code,
    requests: wishes.map(({ key, record }) => ({ key: base64(key.keyId), blinded: base64(record.blinded) })),
  })) as { responses: { key: string; blind_signature: string }[] };
  await proving("book", async () => {
    for (const [i, { key, record }] of wishes.entries()) {
      const response = answer.responses[i];
      if (response === undefined || response.key !== base64(key.keyId)) throw new Error("an answer is missing");
      await finish(key, record, unbase64(response.blind_signature, 256));
    }
  });
}

/** Unblinds and verifies (RFC 9474 §4.4), then deletes the blinding state. */
async function finish(key: IssuerKey, record: store.BoxRecord, blindSignature: Bytes): Promise<void> {
  if (record.token !== undefined || record.inverse === undefined) return;
  const publicKey = await importIssuerKey(key);
  const authenticator = await suite.finalize(publicKey, record.tokenInput, blindSignature, record.inverse);
  const { inverse: _, ...rest } = record;
  await store.setBox({ ...rest, token: concat(record.tokenInput, authenticator) });
}
