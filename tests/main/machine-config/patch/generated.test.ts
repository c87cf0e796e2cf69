import { describe, expect, it } from 'vitest';
import { isMap, isScalar, type Node, type Pair } from 'yaml';
import { scalarText } from '../../../../main/yaml/yaml-document.ts';
import { seeded } from '../../../../scripts/seeded-random.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import { applyPatches } from '../../../../main/machine-config/patch/apply-patches.ts';
import { loadConfig } from '../../../../main/machine-config/documents/load.ts';
import { documentFields } from '../../../../main/machine-config/documents/check-fields.ts';
import type { ConfigDocument } from '../../../../main/machine-config/documents/config-document.ts';
import { loadPatch } from '../../../../main/machine-config/patch/load-patch.ts';
import {
  fieldsOf,
  kindNamed,
  kindNames,
  type Fields,
  type FieldType,
} from '../../../../main/machine-config/schema/schema.ts';

const PAIRS = 2_000;
const SEED = 21_717;

/** Configs and patches by the schema: every kind and field can come, spelled in ways that people use. */
class Writer {
  readonly #random: () => number;
  /** Writes no list, so that nothing is appended. */
  readonly #isFlat: boolean;

  constructor(random: () => number, isFlat: boolean) {
    this.#random = random;
    this.#isFlat = isFlat;
  }

  config(): string {
    const kinds = ['v1alpha1', ...kindNames().filter((kind) => kind !== 'v1alpha1' && this.#random() < 0.025)];
    return kinds.map((kind) => this.document(kind)).join('---\n');
  }

  document(kind: string): string {
    const known = kindNamed(kind);
    if (!known) throw new Error(kind);
    const head =
      kind === 'v1alpha1'
        ? 'version: v1alpha1\npersist: true # kept\n'
        : `apiVersion: v1alpha1\nkind: ${kind} # a ${kind}\n`;
    const fields = new Map(
      [...documentFields(known)].filter(
        ([name]) => !['version', 'persist', 'apiVersion', 'kind', 'name'].includes(name),
      ),
    );
    return head + (known.named ? `name: ${this.#word()}\n` : '') + this.#fields(fields, '', 0);
  }

  #fields(fields: Fields, indent: string, depth: number): string {
    const few = depth === 0 ? 0.25 : 0.15;
    const lines = [...fields].flatMap(([name, { type }]) => {
      if (this.#random() > few) return [];
      const value = this.#value(type, `${indent}  `, depth + 1);
      if (value === undefined) return [];
      return [`${indent}${name}:${value}${value.includes('\n') || this.#random() < 0.8 ? '' : ` # of ${name}`}`];
    });
    return lines.map((line) => `${line}\n`).join('');
  }

  /** What stands behind a colon; undefined where nothing can be written. */
  #value(type: FieldType, indent: string, depth: number): string | undefined {
    switch (type.is) {
      case 'struct': {
        const inner = depth > 4 ? '' : this.#fields(fieldsOf(type.id), indent, depth);
        return inner === '' ? ' {}' : `\n${inner.trimEnd()}`;
      }
      case 'list': {
        if (this.#isFlat) return undefined;
        const items = Array.from({ length: Math.floor(this.#random() * 3) }, () => this.#item(type.of, indent, depth));
        return items.length === 0 ? ' []' : `\n${items.join('\n')}`;
      }
      case 'map': {
        const value = this.#value(type.of, `${indent}  `, depth + 1);
        return value === undefined ? undefined : `\n${indent}${this.#word()}:${value}`;
      }
      case 'arguments':
        return `\n${indent}${this.#word()}: ${this.#word()}`;
      case 'object':
        return `\n${indent}${this.#word()}: ${this.#pick(['text', '5', '0', 'true', '""'])}`;
      case 'enum':
        return ` ${type.words[Math.floor(this.#random() * type.words.length)]?.split(/[ …]/)[0] ?? ''}`;
      case 'scalar':
        return ` ${this.#scalar(type.word)}`;
    }
  }

  #item(type: FieldType, indent: string, depth: number): string {
    const value = this.#value(type, `${indent}  `, depth + 1) ?? ' x';
    return value.startsWith('\n') ? `${indent}-${value.slice(indent.length + 2)}` : `${indent}-${value}`;
  }

  #scalar(word: string): string {
    const words: Readonly<Record<string, readonly string[]>> = {
      int: ['0', '7', '0x10'],
      uint: ['0', '9', '1500'],
      bool: ['true', 'false'],
      duration: ['1m0s', '60s', '0s'],
      bytesize: ['1GiB', '5MB'],
      'size (bytes or N%)': ['50%', '10GiB'],
      base64: ['YQ==', '""'],
      ip: ['10.0.0.1', '"::1"'],
      cidr: ['10.0.0.0/8', 'fd00::/64'],
      'ip:port': ['10.0.0.1:51820', '"[::1]:1"'],
      mac: ['00:11:22:33:44:55'],
      'port|from-to': ['80', '80-90'],
      'octal mode': ['0o644', '0644'],
    };
    return this.#pick(
      words[word] ??
        ['plain', '"quoted text"', "'single'", '""', '"010"', '|-\n        several\n\n        lines'].slice(
          0,
          word === 'string' ? 5 : 3,
        ),
    );
  }

  #word(): string {
    return this.#pick(['a1', 'b2', 'c3', 'd4']);
  }

  #pick(words: readonly string[]): string {
    return words[Math.floor(this.#random() * words.length)] ?? '';
  }
}

const documentTitle = ({ kind, name }: ConfigDocument): string => (kind.named ? `${kind.kind} ${name}` : kind.kind);

/** The line of every field that is one value of its own line, by its document and path; those within lists have no path that stays. */
function fieldLines(text: string): ReadonlyMap<string, { readonly value: string; readonly line: string }> {
  const lines = text.split('\n');
  const found = new Map<string, { readonly value: string; readonly line: string }>();
  for (const document of loadConfig(text).documents) {
    const walk = (node: unknown, path: string): void => {
      if (!isMap(node) || node.flow === true) return;
      for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
        const inner = `${path}.${scalarText(key)}`;
        if (!isScalar(value)) walk(value, inner);
        else if (value.type !== 'BLOCK_LITERAL' && value.type !== 'BLOCK_FOLDED')
          found.set(inner, {
            value: scalarText(value),
            line: lines[document.yaml.positionOf(value.range?.[0] ?? 0).line - 1] ?? '',
          });
      }
    };
    walk(document.yaml.root, documentTitle(document));
  }
  return found;
}

describe(`${PAIRS} generated configs and patches (seed ${SEED})`, () => {
  it('keep the order of documents, and every byte of those that a patch does not name; flat patches twice are once', () => {
    const random = seeded(SEED);
    const counts = { changed: 0, same: 0, refused: 0, appended: 0, untouched: 0 };
    for (let pair = 0; pair < PAIRS; pair++) {
      const isFlat = random() < 0.5;
      const config = new Writer(random, false).config();
      const writer = new Writer(random, isFlat);
      const kinds = kindNames().filter((kind) => kind === 'v1alpha1' || random() < 0.02);
      const patch = kinds.map((kind) => writer.document(kind)).join('---\n');
      const say = `pair ${pair}\n${config}\n=== patch\n${patch}`;
      let result: ReturnType<typeof applyPatches>;
      try {
        result = applyPatches(config, [loadPatch(patch)]);
      } catch (error) {
        // Types of free forms that do not fit, and documents that may not stand together.
        const { message = '' } = error instanceof Failed ? error.failure : {};
        expect(message, say).toMatch(/merge type mismatch|conflicting/);
        counts.refused++;
        continue;
      }
      const before = loadConfig(config).documents.map(documentTitle);
      const after = result.isChanged ? loadConfig(result.text).documents.map(documentTitle) : before;
      expect(after.slice(0, before.length), say).toEqual(before);
      counts.appended += after.length - before.length;
      counts[result.isChanged ? 'changed' : 'same']++;
      if (!result.isChanged) expect(result.text, say).toBe(config);
      // Documents that the patch does not name are there to the byte.
      const named = new Set(
        [...patch.matchAll(/^kind: (\w+).*\n(?:name: (\w+)\n)?/gm)].map(([, kind, name]) =>
          [kind, name].join(' ').trim(),
        ),
      );
      const parts = config.split('---\n');
      before.forEach((title, i) => {
        if (title !== 'v1alpha1' && !named.has(title)) expect(result.text, say).toContain(parts[i]);
      });
      // Lines of fields that mean what they meant are there to the byte, with their comments, in every document.
      if (result.isChanged && pair % 4 === 0) {
        const now = fieldLines(result.text);
        for (const [path, { value, line }] of fieldLines(config))
          if (now.get(path)?.value === value) {
            expect(now.get(path)?.line, `${path}\n${say}`).toBe(line);
            counts.untouched++;
          }
      }
      if (isFlat) {
        const twice = applyPatches(result.text, [loadPatch(patch)]);
        expect(twice.isChanged, say).toBe(false);
      }
    }
    expect(counts.changed).toBeGreaterThan(PAIRS / 2);
    expect(counts.refused).toBeLessThan(PAIRS / 4);
    expect(counts.appended).toBeGreaterThan(100);
    expect(counts.untouched).toBeGreaterThan(PAIRS);
  }, 180_000);
});
