import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { IdentityReader } from '../../../main/credentials/identity-reader.ts';
import { mintAuthority, type MintedAuthority } from '../../../main/credentials/mint.ts';
import { readIdentity, type IdentityFields } from '../../../main/credentials/read-identity.ts';

const DAY_MS = 86_400_000;
const workerFile = new URL('../../../main/credentials/identity-worker.ts', import.meta.url);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

let authority: MintedAuthority;
let many: readonly IdentityFields[];
beforeAll(async () => {
  authority = await mintAuthority('talos');
  const nowMs = Date.now();
  many = await Promise.all(
    Array.from({ length: 130 }, async (_, index) => {
      const leaf = await authority.issue({
        organizations: [`os:${index}`],
        eku: 'clientAuth',
        notAfterMs: nowMs + (index - 3) * DAY_MS + 3_600_000,
      });
      return { ca: base64(authority.certPem), crt: base64(leaf.certPem), key: base64(leaf.talosKeyPem) };
    }),
  );
});

let readers: IdentityReader[] = [];
afterEach(async () => {
  await Promise.all(readers.map((one) => one.close()));
  readers = [];
});
function reader(file?: URL | string): IdentityReader {
  const made = new IdentityReader(file);
  readers.push(made);
  return made;
}

const plain = (readings: readonly object[]): unknown => JSON.parse(JSON.stringify(readings));

describe('reading many credentials', () => {
  it.each([
    ['in a worker', workerFile],
    ['here', undefined],
    ['here, where the worker cannot start', '/no/such/worker.js'],
  ])('%s finds what reading one finds, in order', async (_where, file) => {
    const fields = [...many, {}, { ca: 'broken' }, { crt: many[0]!.crt }];
    const nowMs = Date.now();
    const readings = await reader(file).readAll(fields, nowMs);
    expect(plain(readings)).toEqual(plain(fields.map((one) => readIdentity(one, nowMs))));
    expect(readings.map(({ identity }) => identity?.hasCertificate)).toEqual(
      fields.map((one) => readIdentity(one, nowMs).identity?.hasCertificate),
    );
  });

  it('says anew what time has changed', async () => {
    const one = reader();
    const expiredAt = async (nowMs: number): Promise<number> =>
      (await one.readAll(many, nowMs)).filter(({ problems }) => problems.some(({ severity }) => severity === 'error'))
        .length;
    const nowMs = Date.now();
    expect([await expiredAt(nowMs), await expiredAt(nowMs), await expiredAt(nowMs + 5 * DAY_MS)]).toEqual([3, 3, 8]);
    expect(await expiredAt(nowMs)).toBe(3);
  });

  it('leaves signatures to a full look', async () => {
    const der = Buffer.from(
      Buffer.from(many[9]!.crt ?? '', 'base64')
        .toString()
        .split('\n')
        .slice(1, -2)
        .join(''),
      'base64',
    );
    der[der.length - 3]! ^= 1;
    const forged = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
    const fields = [{ ...many[9], crt: base64(forged) }];
    const one = reader();
    const messages = async (depth: 'quick' | 'full'): Promise<readonly string[]> =>
      (await one.readAll(fields, Date.now(), { depth }))[0]!.problems.map(({ message }) => message);
    expect(await messages('quick')).toEqual([]);
    expect(await messages('full')).toEqual(['The client certificate was not issued by the CA in this context.']);
    expect(await messages('quick')).toHaveLength(1);
  });
});
