import { createHash } from 'node:crypto';
import { createServer } from 'node:http2';
import { systemClock } from '../../../main/lib/clock.ts';
import { createCertificates } from '../../../main/simulator/cluster/certificates.ts';
import { talosconfigText } from '../../../main/simulator/cluster/talosconfig-text.ts';
import { EndpointLines } from '../../../main/simulator/endpoint/endpoint-lines.ts';
import { tlsAcceptor } from '../../../main/simulator/tls/accept.ts';

/*
 * An apid that answers Copy, and EtcdSnapshot with the SHA-256 behind it, with frames that were made before: what main, the line and TLS
 * can carry, and not how fast a simulated node packs. A process of its own: `node framed-source.ts BYTES ROUND_TRIP_MS` prints a
 * talosconfig and serves until its input ends.
 */

const PIECE_BYTES = 256 * 1024;
const HEADERS = { ':status': 200, 'content-type': 'application/grpc+proto' };

/** `common.Data` with these bytes, as one message of gRPC. */
function frameOf(piece: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = piece.length; rest > 0; rest >>>= 7) length.push(rest > 127 ? (rest & 127) | 128 : rest);
  const message = Buffer.concat([Buffer.from([0x12, ...length]), piece]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

const [bytes = 0, roundTripMs = 50] = process.argv.slice(2).map(Number);
const piece = Buffer.alloc(PIECE_BYTES, 'x');
const frame = frameOf(piece);
const nothing = Buffer.alloc(5);
const pieces = Math.ceil(bytes / PIECE_BYTES);
const hash = createHash('sha256');
for (let at = 0; at < pieces; at++) hash.update(piece);
/** What each of them ends with. */
const ENDS: Readonly<Record<string, Buffer>> = {
  '/machine.MachineService/Copy': Buffer.alloc(0),
  '/machine.MachineService/EtcdSnapshot': frameOf(hash.digest()),
};

const server = createServer();
server.on('sessionError', () => undefined);
server.on('stream', (stream, headers) => {
  stream.on('error', () => undefined);
  stream.respond(HEADERS, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  const end = ENDS[headers[':path'] ?? ''];
  if (end === undefined) {
    stream.end(nothing);
    return;
  }
  let left = pieces;
  const more = (): void => {
    while (left > 0 && !stream.destroyed) {
      left -= 1;
      if (!stream.write(frame)) {
        stream.once('drain', more);
        return;
      }
    }
    stream.end(end);
  };
  more();
});

const address = '127.0.0.71';
const certificates = await createCertificates();
const accept = tlsAcceptor(await certificates.server(address), { requestCert: true }, (socket) => {
  server.emit('connection', socket);
});
const lines = new EndpointLines(address, systemClock, accept);
await lines.listen(0);
lines.setShape({ roundTripMs, bytesPerSecond: Infinity });
const client = await certificates.client({ roles: ['os:admin'] });
const context = {
  ...{ name: 'framed', endpoints: [`${address}:${lines.port}`], nodes: [], caPem: certificates.caPem },
  ...{ certPem: client.certPem, keyPem: client.talosKeyPem },
};
process.stdout.write(JSON.stringify(talosconfigText([context])) + '\n');
process.stdin.once('end', () => process.exit(0));
process.stdin.resume();
