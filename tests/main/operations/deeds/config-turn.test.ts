import { expect, it } from 'vitest';
import { Secret } from '../../../../main/lib/secret.ts';
import { ConfigTurn, type ConfigTurnOptions } from '../../../../main/operations/deeds/config/config-turn.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

it('keeps a try by a call that is given up when the try ends, and by none shortly before', () => {
  const clock = new FakeClock();
  const used: Pick<ConfigTurnOptions, 'clock' | 'how' | 'after' | 'before'> = {
    ...{ clock, how: { mode: 'try', tryMs: 60_000 }, after: new Secret('after') },
    before: { active: new Secret('before'), activeHash: 'before', persistentHash: 'before' },
  };
  const turn = new ConfigTurn(used as ConfigTurnOptions);
  turn.call(turn.options.after).onSending?.();
  clock.advance(20_000);
  clock.sleep(30_000);
  expect(turn.keeps()).toMatchObject({ deadlineMs: 10_000, request: { mode: 'NO_REBOOT', dry_run: false } });
  clock.advance(5_000);
  expect(turn.keeps()).toBeUndefined();
  expect(turn.takesBack().request.data).toEqual(Buffer.from('before'));
});
