import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { mintAuthority, type MintedLeaf } from '../../../main/credentials/mint.ts';
import { readIdentity } from '../../../main/credentials/read-identity.ts';
import type { Problem } from '../../../preload/contract/index.ts';
import { base64, clusterPki, contextFields, HOUR_MS, type ClusterPki } from './cluster-pki.ts';

const NOW_MS = Date.UTC(2026, 8, 17, 12);
const DAY_MS = 24 * HOUR_MS;

let pki: ClusterPki;
let admin: MintedLeaf;

beforeAll(async () => {
  pki = await clusterPki({ notBeforeMs: NOW_MS - DAY_MS });
  admin = await leaf({ organizations: ['os:admin'] });
});

const leaf = (options: Parameters<ClusterPki['authority']['issue']>[0]): Promise<MintedLeaf> =>
  pki.authority.issue({ notBeforeMs: NOW_MS - DAY_MS, notAfterMs: NOW_MS + 30 * DAY_MS, ...options });

const read = (fields: Parameters<typeof readIdentity>[0]): ReturnType<typeof readIdentity> =>
  readIdentity(fields, NOW_MS);

const lines = (problems: readonly Problem[]): string[] =>
  problems.map(({ severity, field, message }) => `${severity} ${field ?? '-'}: ${message}`);

const fingerprint = (pem: string): string => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();

describe('a sound context', () => {
  test('is read with its facts and without problems', () => {
    const reading = read(contextFields(pki.authority, admin));

    expect(reading.problems).toEqual([]);
    expect(reading.identity?.hasCertificate).toBe(true);
    expect(reading.caFingerprints).toEqual([fingerprint(pki.authority.certPem)]);
    expect(reading.certificate).toEqual({
      subject: 'O=os:admin',
      issuer: 'O=talos',
      roles: ['os:admin'],
      notBeforeMs: NOW_MS - DAY_MS,
      notAfterMs: NOW_MS + 30 * DAY_MS,
      fingerprint: fingerprint(admin.certPem),
      serial: new X509Certificate(admin.certPem).serialNumber,
    });
  });

  test('keeps unknown roles, trims, drops repetitions and sorts bytewise', async () => {
    const one = await leaf({ organizations: ['os:reader', ' os:admin ', 'é', 'Zeta', 'os:reader', 'my, team'] });

    const { certificate, problems } = read(contextFields(pki.authority, one));

    expect(certificate?.roles).toEqual(['Zeta', 'my, team', 'os:admin', 'os:reader', 'é']);
    expect(problems).toEqual([]);
  });

  test('may have several authorities; any of them may have issued the certificate', () => {
    const { problems, caFingerprints } = read(contextFields([pki.regenerated, pki.authority], admin));

    expect(problems).toEqual([]);
    expect(caFingerprints).toEqual([fingerprint(pki.regenerated.certPem), fingerprint(pki.authority.certPem)].sort());
  });

  test('may have neither certificate nor key: none is presented', () => {
    const reading = read(contextFields(pki.authority));

    expect(reading.problems).toEqual([]);
    expect(reading.identity?.hasCertificate).toBe(false);
    expect(reading).not.toHaveProperty('certificate');
  });

  test.each([{}, { ca: '', crt: '', key: '' }])(
    'may have nothing at all: the system roots are trusted (%j)',
    (fields) => {
      const reading = read(fields);

      expect(reading).toMatchObject({ problems: [], caFingerprints: [] });
      expect(reading.identity?.secureContext()).toBeDefined();
    },
  );

  test.each(['ecdsa', 'rsa'] as const)('may use %s keys', async (keyAlgorithm) => {
    const one = await leaf({ organizations: ['os:admin'], keyAlgorithm });
    const fields = { ...contextFields(pki.authority, one), key: base64(one.keyPem) };

    expect(read(fields)).toMatchObject({ problems: [] });
    expect(read(fields).identity?.secureContext()).toBeDefined();
  });

  test('makes its TLS settings once, at the first use', () => {
    const { identity } = read(contextFields(pki.authority, admin));

    expect(identity?.secureContext()).toBe(identity?.secureContext());
  });
});

describe('credentials that cannot be used', () => {
  const errorsOf = (fields: Parameters<typeof readIdentity>[0]): string[] => {
    const reading = read(fields);
    expect(reading.identity).toBeUndefined();
    for (const { hint } of reading.problems) expect(hint).toBeTruthy();
    return lines(reading.problems);
  };

  test.each(['ca', 'crt', 'key'] as const)('bad base64 in %s', (field) => {
    const value = contextFields(pki.authority, admin)[field] ?? '';

    expect(
      errorsOf({ ...contextFields(pki.authority, admin), [field]: `${value.slice(0, 9)}!${value.slice(10)}` }),
    ).toEqual([`error ${field}: ${field} is not base64: character 10 of ${value.length} does not belong there.`]);
  });

  test.each(['ca', 'crt', 'key'] as const)('no PEM in %s', (field) => {
    expect(errorsOf({ ...contextFields(pki.authority, admin), [field]: base64('hello') })).toEqual([
      `error ${field}: ${field} is base64, but what it holds is not PEM: no complete BEGIN and END lines.`,
    ]);
  });

  test('a broken certificate, authority and key', () => {
    const broken = (label: string): string => base64(`-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`);

    expect(errorsOf({ ca: broken('CERTIFICATE'), crt: broken('CERTIFICATE'), key: broken('PRIVATE KEY') })).toEqual([
      'error ca: None of the certificates in ca can be read.',
      'error crt: The certificate in crt cannot be read.',
      'error key: The private key in key cannot be read.',
    ]);
  });

  test('fields that were swapped', () => {
    const { ca, crt, key } = contextFields(pki.authority, admin);

    expect(errorsOf({ ca, crt: key, key: crt })).toEqual([
      'error crt: crt holds no certificate.',
      'error key: key holds no private key.',
    ]);
    expect(errorsOf({ ca: key, crt, key })).toContain('error ca: ca holds no certificate.');
  });

  test('only one of crt and key', () => {
    const { ca, crt, key } = contextFields(pki.authority, admin);

    expect(errorsOf({ ca, crt })).toEqual([
      'error key: The context has crt but no key; they are only useful together.',
    ]);
    expect(errorsOf({ ca, key })).toEqual([
      'error crt: The context has key but no crt; they are only useful together.',
    ]);
  });

  test('a key of another certificate', async () => {
    const other = await leaf({ organizations: ['os:admin'] });
    const fields = { ...contextFields(pki.authority, admin), key: contextFields(pki.authority, other).key };

    expect(errorsOf(fields)).toEqual([
      'error key: The key does not belong to the client certificate: crt and key come from different sources.',
    ]);
  });

  test('a key behind a passphrase', () => {
    const { privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' },
    });

    expect(errorsOf({ ...contextFields(pki.authority, admin), key: base64(privateKey) })).toEqual([
      'error key: The private key is protected by a passphrase, which Talos tools cannot use.',
    ]);
  });

  test('an expired certificate, with the date and what is possible; its facts are still shown', async () => {
    const fields = contextFields(
      pki.authority,
      await leaf({ organizations: ['os:admin'], notAfterMs: NOW_MS - HOUR_MS }),
    );

    expect(errorsOf(fields)).toEqual(['error crt: The client certificate expired on 2026-09-17 11:00 UTC.']);
    expect(read(fields).problems[0]?.hint).toMatch(/can no longer renew itself.*secrets\.yaml.*clock/);
    expect(read(fields).certificate?.notAfterMs).toBe(NOW_MS - HOUR_MS);
  });

  test('a server certificate', async () => {
    const one = await leaf({ organizations: ['os:admin'], eku: 'serverAuth' });

    expect(errorsOf(contextFields(pki.authority, one))).toEqual([
      'error crt: The certificate in crt is not a client certificate: its extended key usage lacks clientAuth.',
    ]);
  });

  test('an authority that expired, unless another one in the bundle is valid', async () => {
    const old = await mintAuthority('talos', { notBeforeMs: NOW_MS - 2 * DAY_MS, notAfterMs: NOW_MS - DAY_MS });

    expect(errorsOf(contextFields(old))).toEqual(['error ca: The CA in this context expired on 2026-09-16 12:00 UTC.']);
    expect(read(contextFields([old, pki.authority])).problems).toEqual([]);
  });
});

describe('credentials that some clusters refuse', () => {
  const warningsOf = (fields: Parameters<typeof readIdentity>[0]): string[] => {
    const reading = read(fields);
    expect(reading.identity).toBeDefined();
    for (const { hint } of reading.problems) expect(hint).toBeTruthy();
    return lines(reading.problems);
  };

  test('a certificate that is not valid yet by this clock', async () => {
    const one = await leaf({ organizations: ['os:admin'], notBeforeMs: NOW_MS + HOUR_MS });

    expect(warningsOf(contextFields(pki.authority, one))).toEqual([
      "warning crt: By this computer's clock the client certificate is valid only from 2026-09-17 13:00 UTC.",
    ]);
  });

  test('other usages beside clientAuth, or none at all', async () => {
    const both = await leaf({ organizations: ['os:admin'], eku: ['serverAuth', 'clientAuth'] });
    const none = await leaf({ organizations: ['os:admin'], eku: [] });

    expect(warningsOf(contextFields(pki.authority, both))).toEqual([
      'warning crt: The client certificate has other extended key usages beside clientAuth; Talos 1.12 and later refuse it.',
    ]);
    expect(warningsOf(contextFields(pki.authority, none))).toEqual([
      'warning crt: The client certificate has no extended key usage; Talos 1.12 and later refuse it.',
    ]);
  });

  test('no role', async () => {
    expect(warningsOf(contextFields(pki.authority, await leaf({ commonName: 'nobody' })))).toEqual([
      'warning crt: The client certificate holds no role (its subject has no Organization): every call will be refused.',
    ]);
  });

  test('a certificate of another authority with the same name', () => {
    const fields = contextFields(pki.regenerated, admin);

    expect(warningsOf(fields)).toEqual([
      'warning crt: The client certificate was not issued by the CA in this context.',
    ]);
    expect(read(fields).problems[0]?.hint).toContain(fingerprint(pki.regenerated.certPem).slice(0, 12));
  });

  test('a bundle in which one authority is broken', () => {
    const bundle = `${pki.authority.certPem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`;

    expect(warningsOf({ ...contextFields(pki.authority, admin), ca: base64(bundle) })).toEqual([
      'warning ca: 1 of the 2 certificates in ca cannot be read; the others are used.',
    ]);
  });
});

test('reads 1,000 contexts in well under the budget of a start', () => {
  const fields = contextFields(pki.authority, admin);
  const started = performance.now();

  for (let index = 0; index < 1_000; index += 1) read(fields);

  // About 0.3 ms each; ten times that is tolerated because tests share the machine.
  expect(performance.now() - started).toBeLessThan(3_000);
});
