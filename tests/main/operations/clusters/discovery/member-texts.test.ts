import { expect, it } from 'vitest';
import type { TextReading } from '../../../../../main/operations/cluster-text/cluster-texts.ts';
import { READ } from '../../../../../main/operations/cluster-text/read-text.ts';
import { MemberTexts } from '../../../../../main/operations/clusters/discovery/member-texts.ts';

const member = (name: string, role = 'worker'): string =>
  `hostname: ${name}\nmachineType: ${role}\naddresses:\n  - 10.5.0.9\n`;

it('members that are as they were the last time are not read again; others are, and those that went are forgotten', async () => {
  const texts = new MemberTexts();
  let count = 0;
  const reading = {
    read: (_name: 'member', id: string, text: string) => {
      count += 1;
      return Promise.resolve(READ.member(id, text));
    },
  } as unknown as Pick<TextReading, 'read'>;
  const list = async (...all: readonly (readonly [id: string, text: string])[]): Promise<readonly string[]> => {
    const { read, end } = texts.listing(reading);
    const found = [];
    for (const [id, text] of all) found.push(await read(id, text));
    end();
    return found.map((one) => `${one?.hostname ?? '?'} ${one?.role ?? '?'}`);
  };

  expect(await list(['a', member('a')], ['b', member('b')], ['c', 'nonsense'])).toEqual([
    'a worker',
    'b worker',
    '? ?',
  ]);
  expect(await list(['a', member('a')], ['b', member('b', 'controlplane')], ['c', 'nonsense'])).toEqual([
    ...['a worker', 'b controlplane', '? ?'],
  ]);
  expect(count).toBe(5);
  await list(['a', member('a')]);
  expect(await list(['b', member('b', 'controlplane')])).toEqual(['b controlplane']);
  expect(count).toBe(6);
});
