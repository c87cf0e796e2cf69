import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { MessageChannelMain } from './message-ports.ts';

describe('a channel of two ports in the main process', () => {
  it('keeps messages until the other port is started', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const sent = { list: [1] };
    port1.postMessage(sent);
    sent.list.push(2);

    const received = once(port2, 'message');
    port2.start();

    expect(await received).toEqual([{ data: { list: [1] }, ports: [] }]);
  });

  it('tells both ports that one has closed, after what was sent before', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const seen: string[] = [];
    port2.on('message', ({ data }) => seen.push(data as string));
    port2.on('close', () => seen.push('closed'));
    port2.start();
    const closedToo = once(port1, 'close');

    port1.postMessage('last');
    port1.close();

    await closedToo;
    await new Promise(setImmediate);
    expect(seen).toEqual(['last', 'closed']);
  });

  it('is neutered by its transfer', () => {
    const { port1 } = new MessageChannelMain();
    port1.standInDetach();
    expect(() => port1.standInDetach()).toThrow('transferred or closed');
  });
});
