const XID = /^[0-9a-v]{20}$/;

/** Whether an event can be named in a request by its id: 20 digits of base 32 (docs/talos-behaviour.md §6.2). */
export const isEventId = (id: string): boolean => XID.test(id);

/** When an event was made, in whole seconds by the node's own clock: they are the first four bytes of its id. NaN for what is no id. */
export function eventMs(id: string): number {
  if (!isEventId(id)) return Number.NaN;
  // Seven digits are 35 bits, three more than the seconds have.
  return Math.floor(Number.parseInt(id.slice(0, 7), 32) / 8) * 1000;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuv';

/** The id right before that of an event: a node that is asked what came after it begins with that very event, if it still has it. */
export function eventIdBefore(id: string): string {
  // Twelve bytes in twenty digits: of the last digit only the first bit counts.
  const bits = [...id].reduce((sum, digit) => sum * 32n + BigInt(DIGITS.indexOf(digit)), 0n) >> 4n;
  return ((bits === 0n ? bits : bits - 1n) << 4n).toString(32).padStart(id.length, '0');
}
