import type { EtcdMemberView } from '../../../preload/contract/index.ts';

const HEX_DIGITS = 16;

/** The id of an etcd member as etcd and talosctl write it: 16 hexadecimal digits. What is no such number stays as it came. */
export function memberIdText(id: string | number | { toString(): string }): string {
  const text = String(id);
  return /^\d{1,20}$/.test(text) ? BigInt(text).toString(16).padStart(HEX_DIGITS, '0') : text;
}

/** What a member says instead of a leader's id when it knows of none. */
export const NO_MEMBER = '0'.repeat(HEX_DIGITS);

/** etcd's name of a member; its id before it has started. */
export const memberName = ({ hostname, id }: Pick<EtcdMemberView, 'hostname' | 'id'>): string =>
  hostname === '' ? id : hostname;
