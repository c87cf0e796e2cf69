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
    const closed = once(port2, 'close');
    let isClosedToo = false;
    port1.on('close', () => (isClosedToo = true));

    port1.postMessage('last');
    port1.close();

    await closed;
    expect(isClosedToo).toBe(true);
    expect(seen).toEqual(['last', 'closed']);
  });

  it('tells the port that closes at once, and only once', () => {
    const { port1 } = new MessageChannelMain();
    let closed = 0;
    port1.on('close', () => (closed += 1));

    port1.close();
    expect(closed).toBe(1);
    port1.close();

    expect(closed).toBe(1);
  });

  it('is neutered by its transfer', () => {
    const { port1 } = new MessageChannelMain();
    port1.standInDetach();
    expect(() => port1.standInDetach()).toThrow('transferred or closed');
  });
});
