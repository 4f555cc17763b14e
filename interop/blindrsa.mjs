// Runs the RSA blind signatures of @cloudflare/blindrsa-ts. Reads one JSON request per line, writes one JSON
// response per line; bytes are hex, keys are hex DER.
import { createInterface } from 'node:readline';
import { webcrypto } from 'node:crypto';
import { RSABSSA } from '@cloudflare/blindrsa-ts';

globalThis.crypto ??= webcrypto;
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (array) => Buffer.from(array).toString('hex');
const rsa = { name: 'RSA-PSS', hash: 'SHA-384' };

const suites = {
    RSABSSA_SHA384_PSS_RANDOMIZED: RSABSSA.SHA384.PSS.Randomized,
    RSABSSA_SHA384_PSSZERO_RANDOMIZED: RSABSSA.SHA384.PSSZero.Randomized,
    RSABSSA_SHA384_PSS_DETERMINISTIC: RSABSSA.SHA384.PSS.Deterministic,
    RSABSSA_SHA384_PSSZERO_DETERMINISTIC: RSABSSA.SHA384.PSSZero.Deterministic,
};
const publicKey = (spki) => crypto.subtle.importKey('spki', bytes(spki), rsa, true, ['verify']);
const privateKey = (pkcs8) => crypto.subtle.importKey('pkcs8', bytes(pkcs8), rsa, true, ['sign']);

const operations = {
    prepare: async (suite, { message }) => ({ prepared: hex(suite.prepare(bytes(message))) }),
    blind: async (suite, { key, prepared }) => {
        const { blindedMsg, inv } = await suite.blind(await publicKey(key), bytes(prepared));
        return { blinded: hex(blindedMsg), inverse: hex(inv) };
    },
    blindSign: async (suite, { key, blinded }) => ({
        signature: hex(await suite.blindSign(await privateKey(key), bytes(blinded))),
    }),
    finalize: async (suite, { key, prepared, signature, inverse }) => ({
        signature: hex(await suite.finalize(await publicKey(key), bytes(prepared), bytes(signature), bytes(inverse))),
    }),
    verify: async (suite, { key, prepared, signature }) => ({
        valid: await suite.verify(await publicKey(key), bytes(signature), bytes(prepared)),
    }),
};

for await (const line of createInterface({ input: process.stdin })) {
    const { ask, variant, ...rest } = JSON.parse(line);
    const response = await operations[ask](suites[variant](), rest).catch((error) => ({ error: String(error) }));
    console.log(JSON.stringify(response));
}
