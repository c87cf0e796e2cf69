import { expect, it } from 'vitest';
import { certificateWords } from '../../../renderer/features/endpoints/server-certificate.ts';
import { endpointOf, NOW_MS } from '../../fakes/bridge/cluster-data.ts';

const HOUR_MS = 3_600_000;
const words = (seenAgoHours: number, leftHours: number) =>
  certificateWords(
    endpointOf('a', {
      certificate: {
        ...{ subject: '', names: ['a'] },
        seenAtMs: NOW_MS - seenAgoHours * HOUR_MS,
        notAfterMs: NOW_MS + leftHours * HOUR_MS,
      },
    }),
    NOW_MS,
  );

it('says of a server certificate how long it is valid', () => {
  expect(words(1, 23)).toMatchObject({ text: '23 h', isBad: false });
});

it('says of one that was valid when it was seen only when that was: the server has renewed it since', () => {
  expect(words(30, -6)).toMatchObject({ text: 'seen 1 d ago', isBad: false });
});

it('says of one that was over when it was seen that it is', () => {
  expect(words(1, -6)).toMatchObject({ text: 'expired 6 h ago', isBad: true });
});
