import { constants } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { hasUnseen } from '../../main/lib/visible.ts';
import type { Failure } from '../../preload/contract/index.ts';
import { expectHeld } from './support/bounds.ts';
import { answerWith, framed, GRPC_HEADERS, RawServer, type RawAnswer } from './support/raw-server.ts';
import { StartedMain } from './support/start-main.ts';

/*
 * Whatever stands at an endpoint, a person reads what happened, where, and what to do: each its own sentence, and none
 * that says Minos made a mistake. Answers are exact to the byte.
 */

const html = '<!doctype html><html><body>Bad gateway</body></html>';
const page =
  (status: number, type = 'text/html'): RawAnswer =>
  (stream) => {
    stream.respond({ ':status': status, 'content-type': type });
    stream.end(html);
  };
const bare =
  (status: number): RawAnswer =>
  (stream) => {
    stream.respond({ ':status': status }, { endStream: true });
  };
const reset =
  (code: number): RawAnswer =>
  (stream) => {
    stream.close(code);
  };
const status =
  (code: string, message: string): RawAnswer =>
  (stream) => {
    const said = { 'grpc-status': code, 'grpc-message': message.replace(/[^ -~]|%/g, encodeURIComponent) };
    stream.respond({ ...GRPC_HEADERS, ...said }, { endStream: true });
  };
const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024));

const ANSWERS: readonly (readonly [string, RawAnswer, RegExp])[] = [
  ['bytes that are no message', answerWith(framed(Buffer.from([0x0a, 0xff, 0xff, 0x01]))), /cannot be read/],
  ['a message of a wrong wire type', answerWith(framed(Buffer.from([0x0f]))), /cannot be read/],
  ['a message that ends too early', answerWith(framed(Buffer.from([0x0a, 0x7f, 1]))), /cannot be read/],
  [
    'an unknown compression',
    answerWith(framed(Buffer.from('x'), true), { 'grpc-encoding': 'zstd' }),
    /compressed in a way/,
  ],
  ['compression without a name', answerWith(framed(Buffer.from('x'), true)), /compressed in a way/],
  ['gzip that is none', answerWith(framed(Buffer.from('x'), true), { 'grpc-encoding': 'gzip' }), /cannot be unpacked/],
  ['a gzip bomb', answerWith(framed(bomb, true), { 'grpc-encoding': 'gzip' }), /unpacks to more than 32 MiB/],
  ['a message of two gigabytes', answerWith(Buffer.from([0, 0x7f, 0xff, 0xff, 0xff])), /larger than 32 MiB/],
  ['a web page with a good status', page(200), /text, such as a web page/],
  ['a web page as 404', page(404), /HTTP status 404/],
  ['a web page as 502', page(502), /HTTP status 502/],
  ['a bare 401', bare(401), /HTTP status 401/],
  ['a bare 407', bare(407), /HTTP status 407/],
  ['a bare 429', bare(429), /HTTP status 429/],
  ['a bare 503', bare(503), /HTTP status 503/],
  ['an answer without a status', (stream) => stream.respond(GRPC_HEADERS, { endStream: true }), /without a status/],
  ['a reset: PROTOCOL_ERROR', reset(constants.NGHTTP2_PROTOCOL_ERROR), /HTTP\/2 PROTOCOL_ERROR/],
  ['a reset: INTERNAL_ERROR', reset(constants.NGHTTP2_INTERNAL_ERROR), /HTTP\/2 INTERNAL_ERROR/],
  ['a reset: ENHANCE_YOUR_CALM', reset(constants.NGHTTP2_ENHANCE_YOUR_CALM), /ENHANCE_YOUR_CALM/],
  ['a reset: REFUSED_STREAM', reset(constants.NGHTTP2_REFUSED_STREAM), /REFUSED_STREAM/],
  ['a reset: CANCEL', reset(constants.NGHTTP2_CANCEL), /HTTP\/2 CANCEL/],
  ['a status nobody knows', status('99', 'strange'), /answered: strange/],
  ['a status that is no number', status('abc', 'strange'), /./],
  ['words that act on a terminal', status('3', '\u001b[31mred\u202e\r\nx'), /\\u202e/],
  ['words with a password', status('14', 'dial http://user:hunter2@proxy:80'), /\*\*\*@proxy/],
  ['no words', status('2', ''), /gave no reason/],
  [
    'trailers without a status',
    (stream) => {
      stream.respond(GRPC_HEADERS, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-nothing': 'here' }));
      stream.end();
    },
    /without a status/,
  ],
  [
    'GOAWAY: ENHANCE_YOUR_CALM',
    (stream, session) => {
      session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, Buffer.from('too_many_pings'));
      setImmediate(() => session.destroy());
    },
    /closed the connection|GOAWAY|CALM/,
  ],
  [
    'headers that are too large',
    (stream) => {
      stream.respond({
        ...GRPC_HEADERS,
        ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x-${i}`, 'y'.repeat(1000)])),
      });
      stream.end();
    },
    /./,
  ],
];

test('every answer that is none gets a sentence of its own, and main goes on', async () => {
  await using server = await RawServer.start();
  await using main = await StartedMain.start({ talosconfigText: server.talosconfig });
  const ask = async (answer: RawAnswer): Promise<Failure | undefined> => {
    server.answer = answer;
    const run = main.open('run', { context: 'raw', command: 'version', params: {}, nodes: ['n-1'], deadlineMs: 4000 });
    const broken = await run.ended;
    const failed = run.items.find((item) => (item as { type: string }).type === 'failed') as { failure: Failure };
    return broken ?? failed?.failure;
  };
  await ask(status('0', ''));
  await main.rest();

  const told: string[] = [];
  for (const [what, answer, sentence] of ANSWERS) {
    const failure = await ask(answer);
    told.push(`${what}: ${failure?.code ?? ''}: ${failure?.message ?? 'nothing'} | ${failure?.hint ?? ''}`);
    expect.soft(failure?.message, what).toMatch(sentence);
    expect.soft(failure?.code, what).not.toBe('internal');
    expect.soft(JSON.stringify(failure), what).not.toMatch(/made a mistake|hunter2|undefined/);
    for (const text of [failure?.message, failure?.hint, failure?.details]) {
      expect.soft(hasUnseen((text ?? '').replaceAll('\n', '')), what).toBe(false);
    }
  }
  if (process.env['MINOS_SHOW_WORDS'] === '1') console.log(told.join('\n'));

  await expectHeld(main);
});

test('a selection of nothing but exclamation marks, and one of a long word, are told of in short', async () => {
  await using server = await RawServer.start();
  await using main = await StartedMain.start({ talosconfigText: server.talosconfig });
  await main.rest();

  for (const text of [
    '!'.repeat(4096),
    'x'.repeat(4096),
    `${'!'.repeat(4095)}a`,
    '!a '.repeat(1365),
    '*? '.repeat(1365),
  ]) {
    const outcome = await main.call('nodes.resolve', { context: 'raw', text });
    const { problems } = (outcome as { value: { problems: { message: string }[] } }).value;

    expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems) expect(message.length).toBeLessThan(200);
  }
  await expectHeld(main);
});

test('a talosconfig that is a folder is told to be one', async () => {
  await using main = await StartedMain.start({ talosconfig: '/tmp' });

  const state = await main.watch('config.state').until((message) => message.type === 'value');

  expect(JSON.stringify(state)).toContain('/tmp is a folder, not a file.');
});
