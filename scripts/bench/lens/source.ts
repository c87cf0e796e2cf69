/**
 * A server that writes the log of every node as fast as it is told, for `start-source.ts`: a turn's message is framed once, so that
 * it costs next to nothing. As a process of its own it prints a talosconfig, takes lines with an order for each stream: so many lines a
 * second, and, after a blank, how many before it is quiet. It ends with its standard input.
 */
import { createSecureServer, constants, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { mintAuthority } from '../../../main/credentials/mint.ts';

const LINE_BYTES = 100;
/** As Talos sends logs: at most 1 KiB a message. */
const LINES_OF_MESSAGE = 10;
const TURN_MS = 10;
const DAY_MS = 86_400_000;

/** What each stream is to write from now on. */
interface Order {
  readonly linesPerSecond: number;
  readonly lines: number;
}

/** Starts it on a free port of 127.0.0.1. */
async function startServer(
  order: () => Order,
): Promise<{ readonly server: Http2Server; readonly talosconfig: string }> {
  const authority = await mintAuthority('bench');
  const validity = { notBeforeMs: Date.now() - DAY_MS, notAfterMs: Date.now() + DAY_MS };
  const own = await authority.issue({
    commonName: 'bench',
    ipAddresses: ['127.0.0.1'],
    eku: 'serverAuth',
    ...validity,
  });
  const user = await authority.issue({ commonName: 'bench', organizations: ['os:admin'], ...validity });
  const server = createSecureServer({ key: own.keyPem, cert: own.certPem, ca: authority.certPem, requestCert: true });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const isLog = headers[':path'] === '/machine.MachineService/Logs';
    const head = { ':status': 200, 'content-type': 'application/grpc' };
    if (!isLog) {
      stream.respond({ ...head, 'grpc-status': '12' }, { endStream: true });
      return;
    }
    stream.respond(head);
    let due = 0;
    let at = performance.now();
    let obeyed: Order | undefined;
    let left = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      const present = order();
      if (obeyed !== present) left = present.lines;
      obeyed = present;
      due = Math.min(left, due + ((now - at) / 1000) * present.linesPerSecond);
      at = now;
      const messages = Math.floor(due / LINES_OF_MESSAGE);
      if (messages < 1 || stream.writableLength > 4_000_000) return;
      due -= messages * LINES_OF_MESSAGE;
      left -= messages * LINES_OF_MESSAGE;
      const message = messageOf(Date.now());
      stream.write(Buffer.concat(Array.from({ length: messages }, () => message)));
    }, TURN_MS);
    stream.on('close', () => {
      clearInterval(timer);
    });
    stream.on('aborted', () => {
      stream.close(constants.NGHTTP2_CANCEL);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const talosconfig = [
    'context: bench\ncontexts:\n  bench:\n    endpoints:\n',
    `      - 127.0.0.1:${port}\n    ca: ${base64(authority.certPem)}\n`,
    `    crt: ${base64(user.certPem)}\n    key: ${base64(user.talosKeyPem)}\n`,
  ].join('');
  return { server, talosconfig };
}

/** Ten lines; when they were written also stands in them as a number, by which a page is seen to lag. */
function messageOf(nowMs: number): Buffer {
  const line = (level: string): string =>
    `${new Date(nowMs).toISOString()} ${level} at=${nowMs} ${'a line of a hundred bytes '.repeat(4)}`.slice(
      0,
      LINE_BYTES - 1,
    );
  const lines = [line('ERROR'), ...Array.from({ length: LINES_OF_MESSAGE - 1 }, () => line('INFO'))];
  return framed(Buffer.from(`${lines.join('\n')}\n`));
}

/** A gRPC frame with a message whose field 2 are bytes, as `common.Data` has them. */
function framed(bytes: Buffer): Buffer {
  const length = bytes.length;
  const field = Buffer.from([0x12, (length & 0x7f) | 0x80, length >> 7]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(field.length + length, 1);
  return Buffer.concat([frame, field, bytes]);
}

if (import.meta.main) {
  const read = (text: string): Order => {
    const [linesPerSecond = 0, lines = Infinity] = text.split(' ').map(Number);
    return { linesPerSecond, lines };
  };
  let order = read(process.argv[2] ?? '10000');
  const { talosconfig } = await startServer(() => order);
  console.log(JSON.stringify({ talosconfig }));
  createInterface({ input: process.stdin })
    .on('line', (line) => (order = read(line)))
    .on('close', () => process.exit(0));
}
