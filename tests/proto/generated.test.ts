import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesBelow, generateTypes } from '../../scripts/proto/generate-types.ts';

const repository = join(import.meta.dirname, '../..');
const committed = join(repository, 'main/talos/generated');

describe('main/talos/generated', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'minos-types-'));
  afterAll(() => {
    rmSync(fresh, { recursive: true, force: true });
  });

  it('is what proto/ gives today (node scripts/generate-proto-types.ts)', () => {
    generateTypes(repository, fresh);

    const files = filesBelow(fresh, '.ts');
    const stale = files.filter((file) => contentOf(join(committed, file)) !== contentOf(join(fresh, file)));

    expect(files.length).toBeGreaterThan(250);
    expect(stale).toEqual([]);
    expect(filesBelow(committed, '.ts')).toEqual(files);
  });
});

/** The text with plain line ends, or undefined for a file that is not there. */
function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined; // Compared as "differs": that is what a missing file is.
  }
}
