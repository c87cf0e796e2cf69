import { describe, expect, it } from 'vitest';
import { mintAuthority } from '../../../../main/credentials/mint.ts';
import { readContext, type ReadContext } from '../../../../main/operations/talosconfigs/context-reading.ts';
import { StartEndpoints } from '../../../../main/operations/talosconfigs/start-endpoints.ts';
import { parseTalosconfig } from '../../../../main/talosconfig/parse-talosconfig.ts';

const ENDPOINTS = ['10.9.0.1', '10.9.0.2'];
const ours = await mintAuthority('ours');
const theirs = await mintAuthority('theirs');
const base64 = (pem: string): string => Buffer.from(pem).toString('base64');

/** A context with endpoints of its file, in the flow style that fits on a line. */
async function context(name: string, endpoints = '[10.5.0.2]', authority = ours): Promise<string> {
  const leaf = await authority.issue({ organizations: ['os:admin'], eku: 'clientAuth' });
  const [ca, crt, key] = [authority.certPem, leaf.certPem, leaf.talosKeyPem].map(base64);
  return `  ${name}: {endpoints: ${endpoints}, ca: ${ca}, crt: ${crt}, key: ${key}}\n`;
}

function reading(contexts: string, current = 'prod', path = '/mine', reason: 'home' | 'demo' = 'home') {
  const parsed = parseTalosconfig(`context: ${current}\ncontexts:\n${contexts}`);
  const place = (name: string) => ({ id: name, file: path, fileContext: current });
  const read = parsed.contexts.map((raw) => readContext(raw, place(raw.name), Date.now()));
  return { choice: { path, reason }, contexts: read, current };
}

/** What is dialled instead, by context. */
const started = (contexts: readonly ReadContext[]): object =>
  Object.fromEntries(
    contexts.flatMap(({ summary: { name, startEndpoints } }) => (startEndpoints ? [[name, startEndpoints]] : [])),
  );

function open(wish: { readonly context?: string } = {}) {
  const endpoints = new StartEndpoints({ endpoints: ENDPOINTS, ...wish });
  const applied = (file: ReturnType<typeof reading>) => endpoints.applied(file.contexts, file);
  return { endpoints, applied, started: (file: ReturnType<typeof reading>) => started(applied(file)) };
}

const prod = await context('prod');
const lab = await context('lab');

describe('endpoints of the command line', () => {
  it('are for the context in use, or for the one that --context names, and for no other', () => {
    expect(open().started(reading(prod + lab))).toEqual({ prod: ENDPOINTS });
    expect(open({ context: 'lab' }).started(reading(prod + lab))).toEqual({ lab: ENDPOINTS });
    expect(open({ context: 'gone' }).started(reading(prod + lab))).toEqual({});
    expect(open().started(reading(prod + lab, 'prod', '/demo', 'demo'))).toEqual({});
  });

  it('leave what the file says as it is, and the same reading the same', () => {
    const { applied } = open();
    const file = reading(prod + lab);
    const [first, other] = applied(file);

    expect(first).toMatchObject({ raw: file.contexts[0]!.raw, summary: { endpoints: ['10.5.0.2'] } });
    expect(other).toBe(file.contexts[1]);
    expect(applied(file)[0]).toBe(first);
  });

  it('make a context usable that lacks endpoints, and none that lacks more', async () => {
    const bare = await context('prod', '[]');
    const [usable] = open().applied(reading(bare));
    expect(usable).toMatchObject({ identity: expect.anything() as unknown, summary: { isUsable: true, problems: [] } });

    const keyless = bare.replace(/key: [^}]+/, 'key: ""');
    const [useless] = open().applied(reading(keyless));
    expect(useless?.identity).toBeUndefined();
    expect(useless?.summary.isUsable).toBe(false);
  });

  it('stay with their context when it is renamed, and with no other of the same credentials', () => {
    const { started: now } = open();
    const twin = prod.replace('prod', 'twin');
    expect(now(reading(prod + twin))).toEqual({ prod: ENDPOINTS });
    // Not written whole: nothing is known of it.
    expect(now(reading('', ''))).toEqual({});
    expect(now(reading(prod + twin))).toEqual({ prod: ENDPOINTS });
    expect(now(reading(prod.replace('prod', 'fra') + twin))).toEqual({ fra: ENDPOINTS });
    expect(now(reading('', ''))).toEqual({});
    expect(now(reading(twin))).toEqual({});
  });

  it('end with a click, and when their context leads to another cluster', async () => {
    const first = open();
    first.started(reading(prod));
    first.endpoints.end('lab');
    expect(first.started(reading(prod))).toEqual({ prod: ENDPOINTS });
    first.endpoints.end('prod');
    expect(first.started(reading(prod))).toEqual({});

    const { started: now } = open();
    expect(now(reading(prod))).toEqual({ prod: ENDPOINTS });
    expect(now(reading(await context('prod', '[10.5.0.2]', theirs)))).toEqual({});
    expect(now(reading(prod))).toEqual({});
  });
});
