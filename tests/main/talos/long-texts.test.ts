import { Metadata, status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { tlsCause } from '../../../main/credentials/tls-cause.ts';
import { explainTlsFailure } from '../../../main/credentials/tls-failure.ts';
import { errorCode } from '../../../main/pool/transport-failure.ts';
import { failureFromStatus } from '../../../main/talos/status.ts';
import { threadTimeMs } from '../../fakes/thread-time.ts';

/** Pieces of what the patterns look for: repeated, they are the worst text for one of them. */
const PIECES = [
  'dial ',
  'dial tcp 1:1',
  'authentication handshake failed:',
  'authentication handshake failed: certificate is valid for ',
  'certificate is valid for a, not ',
  ', not ',
  'namespace "',
  'resource type "',
  'method is not supported in ',
  'rpc error: code = ',
  'rpc error: code = Unknown desc = ',
  '. ',
  '.x',
  ' ',
  'EAAA',
  'ERR_A',
  'remote_addr=',
  'Basic ',
  '-----BEGIN A-----',
  'LS0tLS1CRUdJTi',
  'alert number 1',
  '0A',
];

const CODES = Object.values(status).filter((code): code is status => typeof code === 'number' && code !== status.OK);

test.each(PIECES)('a text of %j without end takes no time to explain', (piece) => {
  const text = `${piece.repeat(Math.ceil(200_000 / piece.length))}a`;
  const error = new Error(text);
  const before = threadTimeMs();

  for (const code of CODES) {
    const failed = Object.assign(new Error(text), { code, details: text, metadata: new Metadata() });
    const { message } = failureFromStatus(failed, {
      endpoint: '10.5.0.2',
      node: 'cp-1',
      method: '/machine.MachineService/Version',
    });
    expect(message.length).toBeLessThan(2000);
  }
  errorCode(text);
  errorCode(error);
  tlsCause(error);
  explainTlsFailure(error, { endpoint: '10.5.0.2', nowMs: 0 });

  // All sixteen codes and four readers; before the gaps had bounds, one code took up to 50 ms and one reader 20 s.
  expect(threadTimeMs() - before).toBeLessThan(400);
});
