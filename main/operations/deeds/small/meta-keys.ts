import { wrong } from '../../commands/kit/params.ts';

/** What Talos keeps under the keys of META that it knows (docs/talos-behaviour.md §6.4). */
const KNOWN: ReadonlyMap<number, string> = new Map([
  [6, 'upgrade tag'],
  [7, 'image of a staged upgrade'],
  [8, 'options of a staged upgrade'],
  [9, 'encryption config of the STATE partition'],
  [10, 'network config of the metal platform'],
  [11, 'code or variables of the URL that the machine config is downloaded from'],
  [12, 'reserved for users'],
  [13, 'reserved for users'],
  [14, 'reserved for users'],
  [15, 'override of the machine’s UUID'],
  [16, 'unique token of the machine'],
  [17, 'bootloader of a disk image'],
]);

/** Keys that Talos leaves to users: nothing of it reads them. */
const OF_USERS: readonly number[] = [12, 13, 14];

/** Whether Talos itself may read the key: a wrong value can make the machine unreachable, or stop its upgrade. */
export const isTalosKey = (key: number): boolean => !OF_USERS.includes(key);

/** `META key 0x0a (network config of the metal platform)`. */
export const keyWords = (key: number): string => `META key ${keyId(key)} (${KNOWN.get(key) ?? 'not known to Minos'})`;

/** As resources are called: `0x0a`. */
export const keyId = (key: number): string => `0x${key.toString(16).padStart(2, '0')}`;

const GO_INTEGER: readonly (readonly [pattern: RegExp, radix: number])[] = [
  [/^0[xX]_?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)$/, 16],
  [/^0[bB]_?([01]+(?:_[01]+)*)$/, 2],
  [/^0[oO]?_?([0-7]+(?:_[0-7]+)*)$/, 8],
  [/^([1-9][0-9]*(?:_[0-9]+)*|0)$/, 10],
];

/** A key as talosctl reads it: an integer of Go, 0 to 255. Throws Failed `invalid` naming the field. */
export function readKey(text: string): number {
  for (const [pattern, radix] of GO_INTEGER) {
    const digits = pattern.exec(text)?.[1]?.replaceAll('_', '');
    const value = digits === undefined ? Number.NaN : Number.parseInt(digits, radix);
    if (value <= 255) return value;
    if (value > 255) throw wrong('key', `Key: "${text}" is more than 255.`);
  }
  throw wrong('key', `Key: "${text}" is no whole number, such as 12 or 0x0c.`);
}
