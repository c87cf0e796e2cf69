import { describe, expect, it } from 'vitest';
import { createLog } from '../../../main/lib/log.ts';
import { describe as inWords, redactText } from '../../../main/lib/redact.ts';
import { Secret } from '../../../main/lib/secret.ts';

const PEM =
  '-----BEGIN ED25519 PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGludmVudGVk\n-----END ED25519 PRIVATE KEY-----\n';

describe('redaction', () => {
  it.each([
    ['a PEM block', `bad key: ${PEM} at line 3`],
    ['a cut PEM block', PEM.slice(0, 60)],
    ['base64 of PEM', Buffer.from(PEM).toString('base64')],
    ['a basic credential', 'authorization: Basic dXNlcjpwYXNzd29yZA=='],
    ['a JSON web token', 'sent eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl to it'],
  ])('removes %s', (_what, text) => {
    const redacted = redactText(text);

    expect(redacted).not.toMatch(/MC4CAQ|LS0tLS1CRUdJTiBFRDI1NTE5|dXNlcjpw|c2lnbmF0/);
    expect(redacted).toContain('removed]');
  });

  it('prints secrets and bytes by type, wherever they sit', () => {
    const text = inWords({ key: new Secret('hunter2'), list: [new Secret('hunter3')], bytes: Buffer.from('hunter4') });

    expect(text).not.toMatch(/hunter\d/);
    expect(inWords(Buffer.from('hunter5'))).toBe('[7 bytes]');
  });
});

describe('the log', () => {
  it('writes one line per entry, without secrets, also for errors with causes', () => {
    const lines: string[] = [];
    const log = createLog({ now: () => 0, sink: (line) => lines.push(line) });

    log.write('error', 'it failed', { error: new Error(`with\n${PEM}`, { cause: new Secret('hunter2') }) });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^1970-01-01T00:00:00.000Z error it failed error=/);
    expect(lines[0]).not.toMatch(/MC4CAQ|hunter2|\n/);
  });
});

it('cuts what a server or a file said, and still finds no secret in what is left', () => {
  const lines: string[] = [];
  const log = createLog({ now: () => 0, sink: (line) => lines.push(line) });

  log.write('warn', 'it said', { details: `${'x'.repeat(15_990)}${PEM}${'y'.repeat(1_000_000)}` });

  expect(lines[0]?.length).toBeLessThan(4200);
  expect(lines[0]).toContain('… (cut)');
  expect(lines[0]).not.toContain('MC4CAQ');
});
