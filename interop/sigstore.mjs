// Verifies inclusion proofs and checkpoints with @sigstore/verify. Reads one JSON request per line, writes one JSON
// response per line.
//   {"envelope": <signed note>, "name", "keyId": <hex>, "publicKey": <base64 SPKI>,
//    "leaf": <base64>, "index", "path": [<base64>]}
//   {"accepted": true} or {"accepted": false, "reason"}
// The package's entry point accepts whole bundles only, so the two files that verify the log part are loaded by
// their path.
import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const dist = dirname(require.resolve('@sigstore/verify'));
const { verifyCheckpoint } = require(join(dist, 'tlog', 'checkpoint.js'));
const { verifyMerkleInclusion } = require(join(dist, 'tlog', 'merkle.js'));

function verifyEntry(request) {
    const entry = {
        canonicalizedBody: Buffer.from(request.leaf, 'base64'),
        inclusionProof: {
            logIndex: String(request.index),
            hashes: request.path.map((hash) => Buffer.from(hash, 'base64')),
            checkpoint: { envelope: request.envelope },
        },
    };
    const log = {
        logID: Buffer.from(request.keyId, 'hex'),
        baseURL: request.name,
        publicKey: createPublicKey({ key: Buffer.from(request.publicKey, 'base64'), format: 'der', type: 'spki' }),
    };
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
}

for await (const line of createInterface({ input: process.stdin })) {
    let response;
    try {
        verifyEntry(JSON.parse(line));
        response = { accepted: true };
    } catch (error) {
        if (error.name !== 'VerificationError') throw error;
        response = { accepted: false, reason: error.message };
    }
    process.stdout.write(JSON.stringify(response) + '\n');
}
