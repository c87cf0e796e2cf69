import { expect, it } from 'vitest';
import { createClient } from '../../../renderer/lib/bridge.ts';
import { tellWhetherSeen } from '../../../renderer/state/tell-seen.ts';
import { FakeBridge } from '../../fakes/bridge/fake-bridge.ts';

it('main is told whether anybody sees the page, at once and after each change', () => {
  const bridge = new FakeBridge().answer('page.seen', () => ({ ok: true, value: undefined }));
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const stop = tellWhetherSeen(createClient(bridge), page as unknown as Document);

  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  stop();
  page.dispatchEvent(new Event('visibilitychange'));

  expect(bridge.calls).toEqual([
    { name: 'page.seen', input: { isSeen: true } },
    { name: 'page.seen', input: { isSeen: false } },
  ]);
});
