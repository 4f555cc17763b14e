import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const root = mkdtempSync(join(tmpdir(), "verifier-"));
after(() => rmSync(root, { recursive: true }));

/** Builds the verifier in a folder of that name; returns its files. */
function built(name: string): Map<string, Buffer> {
  const folder = join(root, name);
  execFileSync(process.execPath, ["build.mjs", "--verifier", folder]);
  return new Map(readdirSync(folder).sort().map((file) => [file, readFileSync(join(folder, file))]));
}

test("the verifier has the same bytes at every build, and lists their digests", () => {
  const files = built("one");
  assert.deepEqual(built("another"), files);
  const sums = files.get("SHA256SUMS")!.toString();
  files.delete("SHA256SUMS");
  assert.equal(sums, [...files].map(([name, bytes]) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`).join(""));
});

test("the verifier's page loads its own files only, by relative addresses", () => {
  const files = built("page");
  const html = files.get("index.html")!.toString();
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((one) => one[1]!);
  assert.deepEqual(addresses.sort(), ["data:,", "site.css", "verifier.js"]);
  assert.ok(addresses.filter((one) => one !== "data:,").every((one) => files.has(one)));
  assert.match(html, /Content-Security-Policy" content="default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src data:; connect-src https: http:; form-action 'none'; base-uri 'none'"/);
  assert.ok(!html.includes("<style") && !/<script(?![^>]*src=)/.test(html));
  assert.ok(files.get("verifier.js")!.toString().includes('"recountworker.js"') && files.has("recountworker.js"));
});
