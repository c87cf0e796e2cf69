/*
 * Texts that a cluster hands out and that are written into a user's file. They are shown and typed by people and read by
 * other programs, so they have to mean the same to all of them.
 */

/** Names of Kubernetes have at most 253 characters. */
const MAX_NAME_LENGTH = 253;
const MAX_SERVER_LENGTH = 512;

/** Signs that nobody sees or that turn the reading direction, and every space but the plain one. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u;

/** What is wrong with a name, to follow the field's own in a sentence; undefined for a good one. */
export function nameFlaw(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.length > MAX_NAME_LENGTH) return `is ${name.length} characters long; names have at most ${MAX_NAME_LENGTH}`;
  if (UNSEEN.test(name)) return 'holds a sign that is not seen, such as a control code or one that turns the text';
  return name.trim() === name ? undefined : 'begins or ends with a space';
}

/** What is wrong with the address of an API server, to follow the field's own in a sentence. */
export function serverFlaw(server: string): string | undefined {
  if (server.length > MAX_SERVER_LENGTH)
    return `is ${server.length} characters long; addresses have at most ${MAX_SERVER_LENGTH}`;
  if (/^http:/i.test(server)) return 'begins with http://, so nothing would be encrypted';
  if (!/^https:\/\//i.test(server)) return 'does not begin with https://';
  if (/[^\x21-\x7e]/.test(server)) return 'holds a space, or a sign that is not seen or not ASCII';
  if (server.includes('@')) return 'carries a user name or password (@)';
  if (/[?#]/.test(server)) return 'carries a query or fragment, which no address of an API server has';
  const [, host = '', port = '443'] = ADDRESS.exec(server) ?? [];
  if (host === '' || Number(port) < 1 || Number(port) > 65_535) return 'is no address of a server';
  // `0x7f.1` is another machine to one program than to the next.
  const read = URL.canParse(server) ? new URL(server).hostname : '';
  const isSame = host.startsWith('[') ? read !== '' : read === host.toLowerCase();
  return isSame ? undefined : 'is written so that two programs may read two addresses in it';
}

/** Host, port and path as Go and browsers read them alike. */
const ADDRESS =
  /^https:\/\/(\[[0-9a-f:.]{2,45}\]|[a-z0-9_](?:[a-z0-9._-]{0,252}))(?::(\d{1,5}))?(?:\/[\w.~!$&'()*+,;=:%/-]*)?$/i;

/** Text from elsewhere for a sentence: one short line, every sign seen. */
export function printable(text: string, most = 60): string {
  const signs = [...text.slice(0, 2 * most)];
  const shown = signs.slice(0, most).map((sign) => (UNSEEN.test(sign) ? escaped(sign) : sign));
  return shown.join('') + (signs.length > most || text.length > 2 * most ? '…' : '');
}

const escaped = (sign: string): string => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
