import type { LensEvent } from '../../../preload/contract/index.ts';
import { visible } from '../../../preload/contract/visible.ts';

const KIND_WORDS: Readonly<Record<LensEvent['kind'], string>> = {
  sequence: 'sequence',
  phase: 'phase',
  task: 'task',
  service: 'service',
  'config-load-error': 'configuration cannot be loaded',
  'config-validation-error': 'configuration is not valid',
  address: 'addresses',
  'machine-status': 'machine',
  restart: 'restart',
  unknown: 'event',
};

const INFO = 3;
const ERROR = 1;
const DEBUG = 4;

/** An event as a line: `phase boot START`, `service etcd RUNNING: Health check successful`. */
export function eventText({ kind, subject, action, message }: LensEvent): string {
  const head = [KIND_WORDS[kind], subject, action].filter((word) => word !== '').join(' ');
  return visible(message === '' ? head : `${head}: ${message}`);
}

/** What an event weighs, as a place in the list of levels. */
export function eventLevel({ kind, isError }: LensEvent): number {
  if (isError) return ERROR;
  return kind === 'task' || kind === 'phase' ? DEBUG : INFO;
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuv';

/** When an event happened: the first 32 bits of its id are seconds since 1970. `otherwise` for an id that is none. */
export function eventMs(id: string, otherwise: number): number {
  if (!/^[0-9a-v]{20}$/.test(id)) return otherwise;
  let bits = 0;
  for (let index = 0; index < 6; index += 1) bits = bits * 32 + ALPHABET.indexOf(id.charAt(index));
  // 30 of 32 bits are in six characters; the seventh has the other two.
  const seconds = bits * 4 + (ALPHABET.indexOf(id.charAt(6)) >> 3);
  return seconds * 1000;
}
