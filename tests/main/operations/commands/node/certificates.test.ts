import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintAuthority } from '../../../../../main/credentials/mint.ts';
import { heldCertificates } from '../../../../../main/operations/cluster-text/certificates.ts';
import { ClusterTexts } from '../../../../../main/operations/cluster-text/cluster-texts.ts';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import { certificates } from '../../../../../main/operations/commands/node/certificates.ts';
import { eventsOf, openBench, rowsOf, type Bench } from '../../work/runs-harness.ts';

const base64 = (pem: string): string => Buffer.from(pem).toString('base64');

describe('certificates in a resource', () => {
  it('are found wherever they stand, and nothing of their keys', async () => {
    const authority = await mintAuthority('talos');
    const leaf = await authority.issue({ commonName: 'cp-1', eku: 'serverAuth' });
    const yaml = [
      'acceptedCAs:',
      `    - crt: ${base64(authority.certPem)}`,
      'server:',
      `    crt: ${base64(leaf.certPem)}`,
      `    key: ${base64(leaf.keyPem)}`,
      'plain: |',
      ...leaf.certPem
        .trim()
        .split('\n')
        .map((line) => `    ${line}`),
      'crt: bm9uc2Vuc2U=',
    ].join('\n');
    const found = heldCertificates(yaml) ?? [];

    expect(found.map(({ place, subject, isAuthority }) => [place, subject, isAuthority])).toEqual([
      ['acceptedCAs[0]', 'O=talos', true],
      ['server', 'CN=cp-1', false],
      ['plain', 'CN=cp-1', false],
    ]);
    expect(JSON.stringify(found)).not.toMatch(/PRIVATE|key/);
  });

  it('are blocks that say so: one of another label is passed over, whatever it holds', async () => {
    const { certPem } = await mintAuthority('x');
    const other = certPem.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE');

    expect(heldCertificates(`crt: ${base64(other)}`)).toEqual([]);
    expect(heldCertificates(`crt: ${base64(other + certPem)}`)).toHaveLength(1);
  });

  it('end where there are too many, and are none in what is no YAML', async () => {
    const crt = base64((await mintAuthority('x')).certPem);

    expect(heldCertificates(`list: [${`{crt: ${crt}},`.repeat(100)}]`)).toHaveLength(64);
    expect(heldCertificates('{')).toBeUndefined();
    expect(
      heldCertificates('crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCm5vbmUKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo='),
    ).toEqual([]);
  });
});

describe('a node that lists without end', () => {
  it('is read up to a bound, and the answer says that it is not all', async () => {
    const texts = new ClusterTexts();
    const connection = {
      texts,
      serverStream: async function* () {
        for (;;) yield { resource: { spec: { yaml_spec: 'crt: none' } } };
      },
    } as unknown as Caller;
    const { signal } = new AbortController();
    const prepared = await certificates.prepare({ connection, nodes: ['n'], params: {}, deadlineMs: 1000, signal });
    const answer = await prepared.ask?.('n', { deadlineMs: 1000, signal, onEndpoint: () => undefined });
    await texts.close();

    expect(prepared.notes?.(answer)).toEqual(['Not all: 9 of the resources could not be read.']);
  });
});

describe('certificates of a cluster', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(async () => {
    expect(await bench.close()).toBe(0);
  });

  it('are sorted by their end, the first first, with the days that are left', async () => {
    const events = await bench.run({ command: 'certificates', nodes: ['cp-1', 'worker-01'] });
    const rows = rowsOf(events, 'cp-1');
    const ends = rows.map((row) => Number(row[4]));

    expect(rows[0]).toEqual([
      ...(['Talos API', 'server', 'CN=cp-1', expect.any(Number), expect.any(Number), 0] as readonly unknown[]),
      ...['O=talos', false],
    ]);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(rows.map(([purpose]) => purpose)).toContain('etcd');
    expect(rowsOf(events, 'worker-01').map(([purpose]) => purpose)).not.toContain('etcd');
    expect(eventsOf(events, 'finished')[0]?.notes).toEqual([
      { severity: 'info', message: 'None of these ends within 30 days but those Talos renews each day.' },
    ]);
    expect(eventsOf(events, 'started')[0]?.talosctl).toContain('get apicertificates -o yaml');
  });

  it('are for os:admin, and say so', async () => {
    const reader = await openBench({ controlPlanes: 1, workers: 0, roles: ['os:reader'] });
    try {
      const events = await reader.run({ command: 'certificates', nodes: ['cp-1'] });

      expect(eventsOf(events, 'failed')[0]?.failure).toMatchObject({
        code: 'denied',
        message: 'cp-1 tells of its certificates only to os:admin: the resources hold their keys as well.',
      });
    } finally {
      await reader.close();
    }
  });
});
