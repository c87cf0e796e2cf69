import { inspect } from 'node:util';
import { maskAddresses } from './proxy-address.ts';

const PEM_BLOCK = /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g;
/** Base64 of a PEM begins with these characters ("-----BEGIN"); talosconfig and kubeconfig fields hold such text. */
const BASE64_PEM = /LS0tLS1CRUdJTi[A-Za-z0-9+/=]{20,}/g;
const BASIC_AUTH = /\b(Basic|Bearer) [A-Za-z0-9+/=._~-]{6,}/g;
const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;

/**
 * The last net before text leaves for a log. Secrets are kept out by type (`Secret` prints `[secret]`); this removes
 * what slipped into the text of somebody else's error.
 */
export function redactText(text: string): string {
  return maskAddresses(text)
    .replace(PEM_BLOCK, '[PEM removed]')
    .replace(BASE64_PEM, '[base64 PEM removed]')
    .replace(BASIC_AUTH, '$1 [removed]')
    .replace(JSON_WEB_TOKEN, '[token removed]');
}

/** Longest text of one fact: it may be what a server or a file says. Errors have their stack in it. */
const MOST_CHARACTERS = 4000;

/** Any value as one line of text without key material, of bounded length. Bytes are never printed. */
export function describe(value: unknown): string {
  return cutShort(textOf(value), MOST_CHARACTERS);
}

/** The first `most` characters of a text; it says so where there are more. */
export function cutShort(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}… (cut)` : text;
}

function textOf(value: unknown): string {
  // What is cut is cut first: patterns that look for secrets are not made to read megabytes.
  if (typeof value === 'string') return redactText(value.slice(0, 4 * MOST_CHARACTERS));
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  return redactText(inspect(value, { depth: 4, breakLength: Infinity, maxStringLength: 2000, maxArrayLength: 20 }));
}
