import { expect, test } from 'vitest';
import { Outgoing, type Outlet } from '../../../../main/pool/calls/outgoing.ts';

/** One try of a call: takes messages until it is over. */
function outlet(takes: number) {
  const sent: string[] = [];
  const state = { isOver: false, isAll: false };
  const one: Outlet = {
    get isOver() {
      return state.isOver;
    },
    send: (message) => {
      sent.push(message.toString());
      state.isOver = sent.length > takes;
      return state.isOver ? new Promise(() => undefined) : Promise.resolve();
    },
    sentAll: () => {
      state.isAll = true;
    },
    cancel: () => {
      state.isOver = true;
    },
  };
  return { one, sent, state };
}

async function* messages(): AsyncGenerator<string> {
  yield await Promise.resolve('a');
  yield 'b';
}

const turn = (): Promise<void> => new Promise(setImmediate);

test('a try that ended with the first message leaves it to the next try', async () => {
  const outgoing = new Outgoing(messages(), (text: string) => Buffer.from(text));
  void outgoing.sendOn(outlet(0).one);
  await turn();
  expect(outgoing.canRestart).toBe(true);

  const next = outlet(9);
  await outgoing.sendOn(next.one);

  expect(next.sent).toEqual(['a', 'b']);
  expect(next.state.isAll).toBe(true);
});

test('once the second message was asked for there is no beginning anew', async () => {
  const outgoing = new Outgoing(messages(), (text: string) => Buffer.from(text));
  void outgoing.sendOn(outlet(1).one);
  await turn();

  expect(outgoing.canRestart).toBe(false);
});
