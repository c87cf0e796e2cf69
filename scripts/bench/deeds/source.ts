/**
 * A cluster whose answers were made before: each is asked of a simulated cluster once, and given as it came from then on. Events of
 * every machine come at a rate, in frames that were made before, too. As a process of its own: `node source.ts NODES EVENTS_PER_SECOND`
 * prints a talosconfig and serves until its input ends.
 */
import { connect, createServer, type ServerHttp2Stream } from 'node:http2';
import { systemClock } from '../../../main/lib/clock.ts';
import { createCertificates } from '../../../main/simulator/cluster/certificates.ts';
import { talosconfigText } from '../../../main/simulator/cluster/talosconfig-text.ts';
import { EndpointLines } from '../../../main/simulator/endpoint/endpoint-lines.ts';
import { REPOSITORY_PROTO, startSimulator } from '../../../main/simulator/simulator.ts';
import { tlsAcceptor } from '../../../main/simulator/tls/accept.ts';
import { writeMessage } from '../../../main/simulator/wire/protobuf-writer.ts';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';
import { parseTalosconfig } from '../../../main/talosconfig/parse-talosconfig.ts';
import { ACTOR } from './actor.ts';

const EVENTS = '/machine.MachineService/Events';
const FRAMES = 4_000;
const TURN_MS = 20;
const CONTROL_PLANES = 3;

interface Answer {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

const [nodes = 200, perSecond = 1_000] = process.argv.slice(2).map(Number);
const proto = loadTalosProto(REPOSITORY_PROTO);
const simulator = await startSimulator({ proto, controlPlanes: CONTROL_PLANES, workers: nodes - CONTROL_PLANES });
const [own] = parseTalosconfig(simulator.talosconfig).contexts;
const pem = (text: string | undefined): string =>
  Buffer.from(text ?? '', 'base64')
    .toString('utf8')
    .replaceAll(' ED25519 ', ' ');
const behind = connect(`https://${own?.endpoints[0] ?? ''}`, {
  ...{ ca: pem(own?.ca?.reveal()), cert: pem(own?.crt?.reveal()), key: pem(own?.key?.reveal()) },
});

/** Phases that begin and end, as a machine tells of them that goes down by our call. */
const frames = Array.from({ length: FRAMES }, (_none, at) => {
  const action = at % 2;
  const value = writeMessage([
    { number: 1, string: `phase-${Math.floor(at / 2) % 20}` },
    { number: 2, varint: action },
  ]);
  const data = { type_url: 'talos/runtime/machine.PhaseEvent', value };
  const message = proto.method(EVENTS).responseSerialize({ metadata: null, data, id: `event-${at}`, actor_id: ACTOR });
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
});

const kept = new Map<string, Promise<Answer>>();

/** What the simulated cluster answers, asked once. */
function answerTo(path: string, node: string, body: Buffer): Promise<Answer> {
  const key = `${path} ${node} ${body.toString('latin1')}`;
  const known = kept.get(key) ?? asked(path, node, body);
  kept.set(key, known);
  return known;
}

function asked(path: string, node: string, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = behind.request({
      ...{ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' },
      ...(node !== '' && { node }),
    });
    const parts: Buffer[] = [];
    let trailers: Record<string, string> = {};
    const take = (headers: Record<string, unknown>): void => {
      for (const name of ['grpc-status', 'grpc-message']) {
        const value = headers[name];
        if (typeof value === 'string') trailers = { ...trailers, [name]: value };
      }
    };
    request.on('response', take);
    request.on('trailers', take);
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve({ body: Buffer.concat(parts), trailers }));
    request.on('error', reject);
    request.end(body);
  });
}

const followers: ServerHttp2Stream[] = [];
let [due, next, atMs] = [0, 0, performance.now()];
setInterval(() => {
  const now = performance.now();
  due += ((now - atMs) / 1000) * perSecond;
  atMs = now;
  for (; due >= 1; due -= 1) {
    const stream = followers[next % Math.max(1, followers.length)];
    const frame = frames[Math.floor(next / Math.max(1, followers.length)) % FRAMES];
    next += 1;
    if (frame !== undefined && stream?.destroyed === false) stream.write(frame);
  }
}, TURN_MS);

const server = createServer();
server.on('sessionError', () => undefined);
server.on('stream', (stream, headers) => {
  stream.on('error', () => undefined);
  const path = headers[':path'] ?? '';
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
  if (path === EVENTS) {
    // The first message has no content: it says that the stream stands.
    stream.write(Buffer.alloc(5));
    followers.push(stream);
    return;
  }
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => {
    void answerTo(path, String(headers['node'] ?? ''), Buffer.concat(parts)).then(({ body, trailers }) => {
      if (stream.destroyed) return;
      stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      stream.end(body);
    });
  });
});

const address = '127.0.0.72';
const certificates = await createCertificates();
const accept = tlsAcceptor(await certificates.server(address), { requestCert: true }, (socket) => {
  server.emit('connection', socket);
});
const lines = new EndpointLines(address, systemClock, accept);
await lines.listen(0);
const client = await certificates.client({ roles: ['os:admin'] });
const context = {
  ...{ name: 'framed', endpoints: [`${address}:${lines.port}`], nodes: [], caPem: certificates.caPem },
  ...{ certPem: client.certPem, keyPem: client.talosKeyPem },
};
process.stdout.write(JSON.stringify(talosconfigText([context])) + '\n');
process.stdin.once('end', () => process.exit(0));
process.stdin.resume();
