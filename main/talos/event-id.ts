const XID = /^[0-9a-v]{20}$/;

/** Whether an event can be named in a request by its id: 20 digits of base 32 (docs/talos-behaviour.md §6.2). */
export const isEventId = (id: string): boolean => XID.test(id);

/** When an event was made, in whole seconds by the node's own clock: they are the first four bytes of its id. NaN for what is no id. */
export function eventMs(id: string): number {
  if (!isEventId(id)) return Number.NaN;
  // Seven digits are 35 bits, three more than the seconds have.
  return Math.floor(Number.parseInt(id.slice(0, 7), 32) / 8) * 1000;
}
