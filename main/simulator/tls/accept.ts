import { X509Certificate } from 'node:crypto';
import { createServer, type TLSSocket } from 'node:tls';
import { serverTlsOptions, type ServerPem } from '../../credentials/server-credentials.ts';
import type { Wire } from '../wire/shaped-line.ts';
import { ALERT, alertRecord, type Alert } from './alert-record.ts';
import { RecordCounter } from './record-counter.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** Why apid refuses this client, or null: its certificate is missing, bad, or good for more than being a client. */
function refusalOf(certificate: X509Certificate | undefined, authority: X509Certificate): Alert | null {
  if (certificate === undefined) return ALERT.certificateRequired;
  if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) return ALERT.unknownAuthority;
  const now = Date.now();
  // A server in Go calls both expired.
  const isInTime = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
  if (!isInTime) return ALERT.certificateExpired;
  // The types know no certificate without usages; Node does.
  const usages: unknown = certificate.keyUsage;
  const isForClients = Array.isArray(usages) && usages.length === 1 && usages[0] === CLIENT_AUTH;
  return isForClients ? null : ALERT.badCertificate;
}

/** `SERVER_TRAFFIC_SECRET_0 <random of the client> <secret>` of Node's key log. */
function trafficSecret(line: Buffer): Buffer | null {
  const [label, , secret] = line.toString('latin1').trim().split(' ');
  return label === 'SERVER_TRAFFIC_SECRET_0' && secret !== undefined ? Buffer.from(secret, 'hex') : null;
}

/** Shakes hands over a wire. */
export type TlsAcceptor = (wire: Wire) => void;

/**
 * The TLS of an endpoint that shows one certificate. Clients it accepts are passed on; others are refused as a server in
 * Go does: by an alert, after they believe that the handshake is done. With `requestCert: false` everybody is accepted.
 */
export function tlsAcceptor(
  pem: ServerPem,
  { requestCert }: { readonly requestCert: boolean },
  onAccepted: (socket: TLSSocket) => void,
): TlsAcceptor {
  const options = { ...serverTlsOptions(pem, { requestCert }), rejectUnauthorized: false };
  const authority = new X509Certificate(pem.ca);

  return (wire) => {
    const counter = new RecordCounter();
    wire.setTap(counter);
    // A server for one connection: it never listens, and it is the only way to know which wire a socket belongs to.
    const server = createServer(options);
    let secret: Buffer | null = null;
    server.on('keylog', (line: Buffer) => (secret = trafficSecret(line) ?? secret));
    server.on('tlsClientError', () => wire.destroy());
    server.once('secureConnection', (socket) => {
      const refusal = requestCert ? refusalOf(socket.getPeerX509Certificate(), authority) : null;
      if (refusal === null) {
        wire.setTap(null);
        onAccepted(socket);
        return;
      }
      socket.on('error', () => socket.destroy());
      // What belongs to the handshake, such as session tickets, is still on its way to the wire.
      setImmediate(() => setImmediate(() => refuse(socket, wire, counter, secret, refusal)));
    });
    server.emit('connection', wire);
  };
}

/** Says the alert and hangs up when the client does. A suite we cannot speak for is hung up on at once. */
function refuse(socket: TLSSocket, wire: Wire, counter: RecordCounter, secret: Buffer | null, alert: Alert): void {
  const suite = socket.destroyed ? '' : socket.getCipher().name;
  const record = secret === null ? null : alertRecord({ secret, suite }, counter.sent, alert);
  if (record === null) {
    socket.destroy();
    return;
  }
  wire.once('close', () => socket.destroy());
  wire.end(record);
}
