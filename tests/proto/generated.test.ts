import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { oneFilePerProto } from '../../scripts/proto/one-file-per-proto.ts';
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

    expect(stale).toEqual([]);
    expect(filesBelow(committed, '.ts')).toEqual(files);
  });

  it('has one file for each .proto, one for what comes with protobuf, and the list of services', () => {
    const protos = filesBelow(join(repository, 'proto'), '.proto').map((file) => file.replace(/\.proto$/, '.ts'));

    expect(filesBelow(committed, '.ts')).toEqual([...protos, 'google/protobuf.ts', 'services.ts'].sort());
  });
});

describe('oneFilePerProto', () => {
  const text = (name: string): string => `// Original file: proto/a/a.proto\n\nexport interface ${name} {\n}\n`;

  it('refuses two types of one .proto that share a name', () => {
    const files = new Map([
      ['a/One.ts', text('One')],
      ['a/b/One.ts', text('One')],
    ]);

    expect(() => oneFilePerProto(files)).toThrow('a/a.ts declares One twice');
  });

  it('names types of the same .proto as they are declared, and imports those of others once', () => {
    const user = [
      '// Original file: proto/a/a.proto',
      '',
      "import type { One as _a_One, One__Output as _a_One__Output } from '../a/One';",
      "import type { Two as _b_Two, Two__Output as _b_Two__Output } from '../b/Two';",
      '',
      "export interface User {\n  'one'?: (_a_One | null);\n  'two'?: (_b_Two | null);\n}",
    ].join('\n');
    const joined = oneFilePerProto(
      new Map([
        ['a/One.ts', text('One')],
        ['a/User.ts', user],
        ['b/Two.ts', text('Two').replace('a/a.proto', 'b/b.proto')],
      ]),
    );

    expect(joined.get('a/a.ts')).toContain("'one'?: (One | null);\n  'two'?: (_b_Two | null);");
    expect(joined.get('a/a.ts')).toContain("import type {\n  Two as _b_Two,\n} from '../b/b.ts';");
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
