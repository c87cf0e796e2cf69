import { expect, test } from 'vitest';
import { MOST_OF_STREAM, MOST_OPEN, OpenPorts } from '../../../main/ipc/open-ports.ts';
import { Failed } from '../../../main/lib/failed.ts';

const codeOf = (act: () => void): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Failed ? error.failure.code : String(error);
  }
};
const nothing = (): void => undefined;

test.each([
  ['topic', 'config.state', MOST_OPEN.topic],
  ['stream', 'something', MOST_OPEN.stream],
  ['stream', 'run', MOST_OF_STREAM['run']],
  ['stream', 'watch', MOST_OF_STREAM['watch']],
] as const)(
  'a page has so many ports of a %s %s open, and the next one when one of them has closed',
  (kind, name, most) => {
    const ports = new OpenPorts();
    const opened = Array.from({ length: most ?? 0 }, () => ports.add(1, nothing));
    for (const port of opened) ports.claim(port, kind, name);

    expect(codeOf(() => ports.claim(ports.add(1, nothing), kind, name))).toBe('busy');
    expect(codeOf(() => ports.claim(ports.add(2, nothing), kind, name))).toBeUndefined();
    ports.remove(opened[0]!);
    expect(codeOf(() => ports.claim(ports.add(1, nothing), kind, name))).toBeUndefined();
  },
);

test('a page that is gone has no port left, and the others keep theirs', () => {
  const ports = new OpenPorts();
  const closed: number[] = [];
  for (const senderId of [1, 2, 1]) {
    const port = ports.add(senderId, () => {
      closed.push(senderId);
      ports.remove(port);
    });
  }

  ports.closeAllOf(1);

  expect(closed).toEqual([1, 1]);
  expect(ports.count).toBe(1);
});
