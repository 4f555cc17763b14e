// Verifies and makes signatures of requests with http-message-signatures, in both schemes that fediverse servers
// use: `cavage` (draft-cavage-http-signatures) and `httpbis` (RFC 9421). Reads one JSON request per line, writes
// one JSON response per line.
//   {"ask": "verify", "way", "method", "url", "headers", "key": <PEM>, "keyId"}   {"valid"}
//   {"ask": "sign", "way", "method", "url", "headers", "key": <PEM>, "keyId", "fields": []}   {"headers"}
import { createPublicKey, createPrivateKey } from 'node:crypto';
import { createInterface } from 'node:readline';
import { cavage, httpbis, createSigner, createVerifier } from 'http-message-signatures';

const ways = { cavage, httpbis };
const ALGORITHM = 'rsa-v1_5-sha256';

const operations = {
    async verify({ way, keyId, key, ...request }) {
        const verify = createVerifier(createPublicKey(key), ALGORITHM);
        const keyLookup = async ({ keyid }) => (keyid === keyId ? { id: keyId, algs: [ALGORITHM], verify } : null);
        return { valid: (await ways[way].verifyMessage({ keyLookup }, request)) === true };
    },
    async sign({ way, keyId, key, fields, ...request }) {
        const signer = createSigner(createPrivateKey(key), ALGORITHM, keyId);
        return { headers: (await ways[way].signMessage({ key: signer, name: 'sig1', fields }, request)).headers };
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { ask, ...rest } = JSON.parse(line);
    const response = await operations[ask](rest).catch((error) => ({ valid: false, error: String(error) }));
    process.stdout.write(JSON.stringify(response) + '\n');
}
