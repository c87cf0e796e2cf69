/**
 * Writes main/machine-config/schema/schema.json from the facts in tests/main/machine-config/config-schema.json: inlined fields stand
 * where they are inlined, shorthand types have names, and what is secret or cannot be set by a patch is marked. Run again after the
 * facts change: `node scripts/config-schema/generate.ts`. One line per kind, enum and type, so that a difference can be read.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaOf, type SchemaFacts } from './schema-of.ts';

const repository = join(import.meta.dirname, '../..');
const facts = JSON.parse(
  readFileSync(join(repository, 'tests/main/machine-config/config-schema.json'), 'utf8'),
) as SchemaFacts;
const schema = schemaOf(facts);
const lines = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n');
writeFileSync(
  join(repository, 'main/machine-config/schema/schema.json'),
  `{\n${Object.entries<unknown>({ ...schema })
    .map(([part, values]) => `${JSON.stringify(part)}: {\n${lines(values as Readonly<Record<string, unknown>>)}\n}`)
    .join(',\n')}\n}\n`,
);
console.log(`wrote ${Object.keys(schema.kinds).length} kinds and ${Object.keys(schema.types).length} types`);
