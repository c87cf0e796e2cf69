import { inspect } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { channelCredentials } from '../../../main/credentials/channel-credentials.ts';
import type { Identity } from '../../../main/credentials/identity.ts';
import { readIdentity, type IdentityReading } from '../../../main/credentials/read-identity.ts';
import { clusterPki, contextFields, keyBytes, type ClusterPki } from './cluster-pki.ts';

let pki: ClusterPki;
let reading: IdentityReading;
let identity: Identity;

beforeAll(async () => {
  pki = await clusterPki();
  reading = readIdentity(contextFields(pki.authority, pki.admin), Date.now());
  identity = reading.identity!;
  // Once the TLS settings exist, they must not show either.
  identity.secureContext();
});

/** Every way in which a value ends up in a log, on a page or in another process. */
function writtenOut(value: unknown): string {
  const deep = { depth: Infinity, showHidden: true, getters: true, maxStringLength: Infinity, customInspect: true };
  let cloned: string;
  try {
    cloned = inspect(structuredClone(value), deep);
  } catch (error) {
    cloned = String(error);
  }
  return [
    String(value),
    `${value as string}`,
    JSON.stringify(value),
    JSON.stringify({ nested: [value] }),
    inspect(value, deep),
    inspect(value, { ...deep, customInspect: false }),
    inspect({ nested: [value] }),
    JSON.stringify(Object.entries(Object(value) as object)),
    cloned,
  ].join('\n');
}

describe('no usual way of writing it out reveals key bytes of', () => {
  const secrets = (): readonly string[] =>
    [pki.admin, pki.server].flatMap(keyBytes).flatMap((line) => {
      const raw = Buffer.from(line, 'base64');
      return [line, raw.toString('hex'), inspect(raw).slice(8, 60), raw.join(',')];
    });

  test.each<[string, () => unknown]>([
    ['an identity', () => identity],
    ['the reading of a context', () => reading],
    ['channel credentials', () => channelCredentials(identity)],
    ['composed channel credentials', () => ({ credentials: channelCredentials(identity) })],
  ])('%s', (_name, make) => {
    const text = writtenOut(make());

    expect(text.length).toBeGreaterThan(0);
    for (const secret of secrets()) expect(text).not.toContain(secret);
    expect(text).not.toContain('PRIVATE KEY');
  });

  test('the check itself: a plain object with the key is caught', () => {
    expect(writtenOut({ key: pki.admin.keyPem })).toContain(keyBytes(pki.admin)[0]);
    expect(writtenOut({ key: Buffer.from(pki.admin.keyPem) })).toContain(
      Buffer.from(pki.admin.keyPem).subarray(0, 20).join(','),
    );
  });
});

test('the problems of a context never quote its fields', () => {
  const { ca, crt, key = '' } = contextFields(pki.authority, pki.admin);
  const broken = [
    { ca, crt, key: `${key.slice(0, 30)}%${key.slice(30)}` },
    { ca, crt, key: key.slice(0, -3) },
    { ca: key, crt: key, key },
    { ca, crt, key: pki.admin.keyPem },
    { ca, crt, key: Buffer.from(pki.admin.keyPem.replace('MC4', 'MC5')).toString('base64') },
  ];

  for (const fields of broken) {
    const text = JSON.stringify(readIdentity(fields, Date.now()).problems);
    expect(text).toContain('"error"');
    expect(text).not.toContain(key.slice(10, 40));
    expect(text).not.toContain(keyBytes(pki.admin)[0]!.slice(10, 40));
  }
});
