import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsOf, kindNamed, kindNames, type FieldType } from '../../../main/machine-config/schema/schema.ts';

interface Fact {
  readonly t: string;
  readonly w?: 1;
  readonly p?: 1;
  readonly m?: string;
  readonly enum?: readonly string[];
  readonly re?: string;
  readonly dep?: 1;
}

/** The facts, committed as they came. */
const FACTS = JSON.parse(readFileSync(join(import.meta.dirname, 'config-schema.json'), 'utf8')) as {
  readonly documents: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, Fact>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
};

const NAMES: Readonly<Record<string, string>> = {
  '{crt,key: base64 of PEM}': 'pem.CertificateAndKey',
  '{crt: base64 of PEM}': 'pem.Certificate',
  '{key: base64 of PEM}': 'pem.Key',
  '{containerID,hostID,size: uint}': 'oci.IDMapping',
  '{} (empty map)': 'Empty',
};

/** A type as the facts write it. */
function asFact(type: FieldType): string {
  switch (type.is) {
    case 'list':
      return `list<${asFact(type.of)}>`;
    case 'map':
      return `map<${asFact(type.of)}>`;
    case 'arguments':
      return 'map<string|list<string>>';
    case 'object':
      return 'object';
    case 'struct':
      return Object.entries(NAMES).find(([, id]) => id === type.id)?.[0] ?? type.id;
    case 'enum':
      return `enum ${Object.entries(FACTS.enums).find(([, words]) => JSON.stringify(words) === JSON.stringify(type.words))?.[0] ?? '?'}`;
    case 'scalar':
      return type.word;
  }
}

/** The fields of a type of the facts with those that are inlined. */
function factsOf(id: string): readonly (readonly [string, Fact])[] {
  return Object.entries(FACTS.types[id] ?? {}).flatMap(([name, fact]) => {
    const inlined = /^<inline (.+)>$/.exec(name)?.[1];
    return inlined === undefined ? [[name, fact] as const] : factsOf(inlined);
  });
}

describe('the schema of machine configs', () => {
  it('knows every kind of the facts, what it needs and what may not stand beside it', () => {
    expect(kindNames()).toEqual(Object.keys(FACTS.documents));
    for (const [name, fact] of Object.entries(FACTS.documents)) {
      const kind = kindNamed(name);
      expect([name, kind?.root, kind?.apiVersion, kind?.named, kind?.controlPlaneOnly]).toEqual([
        name,
        fact['root'],
        fact['apiVersion'] ?? '',
        fact['named'] === 1,
        fact['controlplaneOnly'] === 1,
      ]);
      expect([kind?.conflictsWith, kind?.required]).toEqual([fact['conflictsWith'] ?? [], fact['required'] ?? []]);
    }
  });

  it('has every field of the facts in their order, with its type, merge rule, words and marks', () => {
    for (const id of Object.keys(FACTS.types)) {
      const fields = [...fieldsOf(id)].map(([name, field]) => ({
        at: `${id}.${name}`,
        t: asFact(field.type),
        w: field.written,
        p: field.optional,
        m:
          field.merge === undefined
            ? undefined
            : field.merge === 'replace'
              ? 'replace'
              : `key:${field.keys.join('|')}${field.merge === 'replaceByKey' ? ' (matching element replaced whole)' : ''}`,
        values: field.values,
        re: field.pattern?.source.replaceAll('\\/', '/'),
        dep: field.deprecated,
      }));
      expect(fields).toEqual(
        factsOf(id).map(([name, fact]) => ({
          at: `${id}.${name}`,
          t: fact.t,
          w: fact.w === 1,
          p: fact.p === 1,
          m: fact.m?.replace('key:imagePattern', 'key:image'),
          values: fact.enum,
          re: fact.re,
          dep: fact.dep === 1,
        })),
      );
    }
  });

  it('marks the secrets that Talos hides, and no certificate', () => {
    const secrets = Object.keys(FACTS.types)
      .concat(Object.values(NAMES))
      .flatMap((id) => [...fieldsOf(id)].flatMap(([name, { secret }]) => (secret ? [`${id}.${name}`] : [])));
    expect(secrets).toHaveLength(29);
    expect(secrets).toContain('v1alpha1.MachineConfig.token');
    expect(secrets).toContain('pem.CertificateAndKey.key');
    expect(secrets.filter((name) => /\.(?:crt|cert|ca)$/.test(name))).toEqual([]);
  });
});
