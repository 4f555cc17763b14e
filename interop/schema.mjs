// Checks a page's data against schema.org's own vocabulary, from @vocabulary/schema: every type and property
// exists, the type has the property, and the property accepts the kind of value. Reads one JSON-LD document per
// line, writes one JSON list of faults per line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const vocabulary = readFileSync(createRequire(import.meta.url).resolve('@vocabulary/schema/schema.nq'), 'utf8');
const relations = { domainIncludes: new Map(), rangeIncludes: new Map(), subClassOf: new Map(), type: new Map() };
for (const line of vocabulary.split('\n')) {
    const found = line.match(/^<http:\/\/schema\.org\/(\w+)> <[^>]*[/#](\w+)> <[^>]*[/#](\w+)> /);
    if (found === null || relations[found[2]] === undefined) continue;
    const known = relations[found[2]];
    known.set(found[1], [...(known.get(found[1]) ?? []), found[3]]);
}
const related = (relation, name) => relations[relation].get(name) ?? [];
const withSupertypes = (name) => [name, ...related('subClassOf', name).flatMap(withSupertypes)];
const list = (value) => (Array.isArray(value) ? value : [value]);
const EXTRA_RANGES = { previousStartDate: ['DateTime'] }; // search engines require a date with time, as for startDate
const DAY = '\\d{4}-\\d{2}-\\d{2}';
const literals = {
    Text: (value) => typeof value === 'string',
    URL: (value) => /^(https?|webcal):\/\/\S+$/.test(value),
    Date: (value) => new RegExp(`^${DAY}$`).test(value),
    DateTime: (value) => new RegExp(`^${DAY}T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})?$`).test(value),
    Distance: (value) => /^\d+ px$/.test(value),
    Number: (value) => typeof value === 'number',
    Integer: (value) => Number.isInteger(value),
    Boolean: (value) => typeof value === 'boolean',
};

function fits(value, range) {
    if (typeof value === 'object' && value['@type'] !== undefined) {
        return list(value['@type']).some((type) => withSupertypes(type).some((one) => range.includes(one)));
    }
    if (typeof value === 'object' && value['@id'] !== undefined) return true;
    const plain = typeof value === 'object' ? value['@value'] : value;
    const member = /^https?:\/\/schema\.org\/(\w+)$/.exec(plain);
    if (member !== null) return related('type', member[1]).some((type) => withSupertypes(type).some((one) => range.includes(one)));
    if (range.some((kind) => literals[kind] === undefined) && literals.URL(plain)) return true; // the URL of a thing
    return range.some((kind) => literals[kind]?.(plain));
}

function faults(node) {
    const types = list(node['@type'] ?? []);
    const found = types.filter((type) => !related('type', type).includes('Class')).map((type) => `no type ${type}`);
    for (const [name, value] of Object.entries(node)) {
        if (name === '@graph') found.push(...value.flatMap(faults));
        if (name.startsWith('@')) continue;
        const domain = related('domainIncludes', name);
        if (domain.length === 0) found.push(`no property ${name}`);
        else if (!types.some((type) => withSupertypes(type).some((one) => domain.includes(one)))) found.push(`${types} has no ${name}`);
        for (const one of list(value)) {
            if (!fits(one, [...related('rangeIncludes', name), ...(EXTRA_RANGES[name] ?? [])])) found.push(`${types}.${name} is no ${JSON.stringify(one)}`);
            if (typeof one === 'object') found.push(...faults(one));
        }
    }
    return found;
}

for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(faults(JSON.parse(line))) + '\n');
}
