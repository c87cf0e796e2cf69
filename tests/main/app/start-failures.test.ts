import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { StartFailures, UNCAUGHT } from '../../../main/app/start-failures.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { createLog } from '../../../main/lib/log.ts';

function start() {
  const written: string[] = [];
  const codes: number[] = [];
  const stderr = Object.assign(new EventEmitter(), { write: (text: string) => written.push(text) });
  const process = Object.assign(new EventEmitter(), { stderr, stdout: new EventEmitter() });
  const failures = new StartFailures(process, (code) => codes.push(code));
  return { process, failures, written, codes };
}

test('a failure while main loads is one sentence and the end of the app', () => {
  const { process, written, codes } = start();

  process.emit('uncaughtException', new Failed({ code: 'invalid', message: 'It needs a path.', hint: 'Give one.' }));

  expect(written).toEqual(['minos: It needs a path. Give one.\n']);
  expect(codes).toEqual([1]);
});

test('a fault of ours while main loads is shown with its place', () => {
  const { process, written, codes } = start();

  process.emit('uncaughtException', new TypeError('x is not a function'));

  expect(written[0]).toMatch(/^minos: could not start\. TypeError: x is not a function\n {4}at /);
  expect(codes).toEqual([1]);
});

test('an error that nobody catches later is logged and ends nothing', () => {
  const { process, failures, written, codes } = start();
  const lines: string[] = [];
  failures.loaded(createLog({ now: () => 0, sink: (line) => lines.push(line) }));

  process.emit('uncaughtException', new Error('late'));

  expect(lines).toEqual([expect.stringContaining(UNCAUGHT)]);
  expect([written, codes]).toEqual([[], []]);
});

test('a terminal that has gone is no error', () => {
  const { process } = start();
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });

  expect(() => process.stderr.emit('error', gone)).not.toThrow();
  expect(() => process.stdout.emit('error', gone)).not.toThrow();
});
