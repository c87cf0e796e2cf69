/** Writes main/talos/generated/ from proto/: `node scripts/generate-proto-types.ts`. */
import { join } from 'node:path';
import { generateTypes } from './proto/generate-types.ts';

const repository = join(import.meta.dirname, '..');
generateTypes(repository, join(repository, 'main/talos/generated'));
