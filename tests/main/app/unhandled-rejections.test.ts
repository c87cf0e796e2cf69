import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { logUnhandledRejections, UNHANDLED } from '../../../main/app/unhandled-rejections.ts';
import { createLog } from '../../../main/lib/log.ts';

test('a rejected promise that nobody listened to is logged and ends nothing', () => {
  const lines: string[] = [];
  const source = new EventEmitter();
  logUnhandledRejections(
    source as unknown as NodeJS.Process,
    createLog({ now: () => 0, sink: (line) => lines.push(line) }),
  );

  source.emit('unhandledRejection', new Error('no context one'));

  expect(lines).toEqual([expect.stringContaining(UNHANDLED)]);
  expect(lines[0]).toContain('no context one');
});
