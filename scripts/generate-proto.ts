/**
 * Writes proto/ from tests/proto/wire.json. Comments and the order of declarations are taken from the files that exist,
 * so it can be run again after the facts change: `node scripts/generate-proto.ts`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NOTHING_WRITTEN, readHandWritten } from './proto/comments.ts';
import type { WireFacts } from './proto/wire-facts.ts';
import { writeFile } from './proto/write-file.ts';

const repository = join(import.meta.dirname, '..');
const facts = JSON.parse(readFileSync(join(repository, 'tests/proto/wire.json'), 'utf8')) as WireFacts;

for (const [path, file] of Object.entries(facts.files)) {
  const target = join(repository, 'proto', path);
  const written = existsSync(target) ? readHandWritten(readFileSync(target, 'utf8')) : NOTHING_WRITTEN;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, writeFile(file, written));
}
console.log(`wrote ${Object.keys(facts.files).length} files below proto/`);
