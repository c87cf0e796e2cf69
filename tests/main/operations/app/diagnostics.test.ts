import { describe, expect, it } from 'vitest';
import { createLog } from '../../../../main/lib/log.ts';
import { diagnose, type DiagnosticsOptions } from '../../../../main/operations/app/diagnostics.ts';
import { LogTail } from '../../../../main/operations/app/log-tail.ts';
import { tlsSelfTest } from '../../../../main/credentials/tls-self-test.ts';

const options: DiagnosticsOptions = {
  now: () => 5,
  system: 'Linux 6.1 x64',
  upMs: () => 60_000,
  mainBytes: () => 100,
  isSealed: () => false,
  testTls: tlsSelfTest,
  logs: { path: '/logs/minos.log', lines: () => ['one'], failures: () => ['two'], show: () => undefined },
};

describe('diagnostics', () => {
  it('try TLS as clusters need it', async () => {
    const told = await diagnose(options);
    expect(told.tls.isOk).toBe(true);
    expect(told.log).toEqual({ path: '/logs/minos.log', lines: ['one'], failures: ['two'] });
    expect(told.tls.text).toMatch(/^accepts Ed25519, which Talos uses; tried in \d+ ms$/);
  });

  it('say what a library without Ed25519 means, and its own words', async () => {
    const told = await diagnose({
      ...options,
      testTls: () => tlsSelfTest({ clientAlgorithms: 'rsa_pss_rsae_sha256' }),
    });
    expect(told.tls.isOk).toBe(false);
    expect(told.tls.text).toMatch(/refuses Ed25519.*TLS self-test:/);
  });
});

describe('the end of the log', () => {
  it('has warnings and errors, as they were written, the newest of them', () => {
    const tail = new LogTail(2);
    const log = createLog({ now: () => 0, sink: (line, level) => tail.take(line, level) });
    for (const level of ['error', 'info', 'warn', 'debug', 'error'] as const) log.write(level, `a ${level}`);

    expect(tail.lines).toEqual(['1970-01-01T00:00:00.000Z warn a warn', '1970-01-01T00:00:00.000Z error a error']);
  });

  it('holds no line of any length', () => {
    const tail = new LogTail(2);
    tail.take('x'.repeat(100_000), 'error');

    expect(tail.lines[0]).toBe(`${'x'.repeat(2000)}… (cut)`);
  });
});
