import type { ServiceError } from '@grpc/grpc-js';
import { Metadata, status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../preload/contract/index.ts';
import type { AskedCall } from '../../../main/talos/status.ts';
import { failureFromStatus } from '../../../main/talos/status.ts';
import { ANSWERING_ROWS } from './status-rows/answering-rows.ts';
import { REACHING_ROWS } from './status-rows/reaching-rows.ts';
import { READ, REBOOT, STATFS, VERSION, dial, handshake } from './status-rows/status-row.ts';

function serviceError(code: status, details: string): ServiceError {
  return Object.assign(new Error(`${code} ${status[code]}: ${details}`), { code, details, metadata: new Metadata() });
}

function read(code: status, details: string, site: Partial<AskedCall> = {}): Failure {
  return failureFromStatus(serviceError(code, details), {
    endpoint: 'cp-1',
    node: 'worker-2',
    method: VERSION,
    ...site,
  });
}

const ROWS = [...REACHING_ROWS, ...ANSWERING_ROWS];

describe('failureFromStatus', () => {
  it.each(ROWS)('explains %s', (_what, code, text, site, [failureCode, retry, message]) => {
    const failure = read(code, text, site);

    expect([failure.code, failure.retry, failure.message]).toEqual([failureCode, retry, message]);
  });

  it('names the version that lacks a method, where it is known', () => {
    const unknown = 'unknown method Statfs for service machine.StorageService';

    expect(read(status.UNIMPLEMENTED, unknown, { method: STATFS, version: 'v1.12.4' }).message).toBe(
      "Statfs is not on this node's version: worker-2 runs Talos v1.12.4.",
    );
  });

  it('says where it happened and keeps the raw words as details', () => {
    expect(read(status.UNAVAILABLE, dial('connect: connection refused'))).toMatchObject({
      where: { endpoint: 'cp-1', node: 'worker-2' },
      details: dial('connect: connection refused'),
      hint: 'Its API does not run: worker-2 may be starting or shutting down.',
    });
  });

  it('names the roles that suffice', () => {
    expect(read(status.PERMISSION_DENIED, 'not authorized', { method: REBOOT }).hint).toBe(
      'It needs one of the roles os:admin, os:operator.',
    );
    expect(read(status.PERMISSION_DENIED, 'not authorized', { method: READ }).hint).toBe('It needs the role os:admin.');
  });

  it('names the addresses in a certificate that does not fit', () => {
    const text = handshake(
      'tls: failed to verify certificate: x509: certificate is valid for 10.5.0.3, worker-2, not 10.9.9.9',
    );

    expect(read(status.UNAVAILABLE, text).hint).toBe(
      'Ask for it by one of the names in its certificate: 10.5.0.3, worker-2.',
    );
  });

  it('lets the connection explain an UNAVAILABLE that no endpoint sent', () => {
    const error = serviceError(
      status.UNAVAILABLE,
      'No connection established. Last error: Error: self-signed certificate in certificate chain',
    );
    const site = { endpoint: 'cp-1', method: VERSION };
    const failure = failureFromStatus(error, site, () => ({
      code: 'untrusted',
      message: 'cp-1 is not trusted.',
      retry: 'safe',
    }));

    expect(failure).toMatchObject({
      code: 'untrusted',
      message: 'cp-1 is not trusted.',
      retry: 'safe',
      where: { endpoint: 'cp-1' },
      details: error.details,
    });
  });

  it('keeps the connection out of what an endpoint says about a node', () => {
    const error = serviceError(status.UNAVAILABLE, dial('connect: connection refused'));
    const failure = failureFromStatus(error, { endpoint: 'cp-1', node: 'worker-2', method: VERSION }, () => ({
      code: 'internal',
      message: 'wrong',
    }));

    expect(failure.message).toBe('worker-2 refused the connection (10.5.0.3:50000).');
  });

  it('calls a node by its name where that is known, and says where by its address', () => {
    const error = serviceError(status.UNAVAILABLE, dial('connect: connection refused'));
    const site = { endpoint: 'cp-1', node: '10.5.0.3', nodeName: 'worker-2', method: VERSION };

    expect(failureFromStatus(error, site)).toMatchObject({
      message: 'worker-2 refused the connection (10.5.0.3:50000).',
      where: { endpoint: 'cp-1', node: '10.5.0.3' },
    });
  });

  it('uses its own words when the connection knows nothing', () => {
    const error = serviceError(status.UNAVAILABLE, 'Connection dropped');

    expect(failureFromStatus(error, { endpoint: 'cp-1', method: VERSION }, () => undefined).code).toBe('unreachable');
  });

  it('shows a long or broken text as one short line', () => {
    const failure = read(status.NOT_FOUND, `\u001b[31mline one\nline two\u0000 ${'x'.repeat(1000)}`);

    expect(failure.message).toMatch(/^worker-2 answered: \[31mline one line two x+….$/);
    expect(failure.message.length).toBeLessThan(350);
  });

  it('keeps key material out of message and details', () => {
    const pem = '-----BEGIN ED25519 PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END ED25519 PRIVATE KEY-----';

    expect(JSON.stringify(read(status.INVALID_ARGUMENT, `cannot parse ${pem}`))).not.toContain('MC4CAQ');
  });
});
