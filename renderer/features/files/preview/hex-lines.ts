const PER_LINE = 16;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const isSeen = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

/** How many lines bytes have as hexadecimal. */
export const hexLineCount = (bytes: Uint8Array): number => Math.ceil(bytes.length / PER_LINE);

/** One of those lines as `hexdump -C` writes it: where, sixteen bytes, the same as signs. `skipped` bytes stand before the first. */
export function hexLine(bytes: Uint8Array, line: number, skipped = 0): string {
  const part = bytes.subarray(line * PER_LINE, (line + 1) * PER_LINE);
  const words = Array.from({ length: PER_LINE }, (_each, at) => {
    const byte = part[at];
    return `${at === PER_LINE / 2 ? ' ' : ''}${byte === undefined ? '  ' : hex(byte, 2)}`;
  });
  const signs = [...part].map((byte) => (isSeen(byte) ? String.fromCharCode(byte) : '.')).join('');
  return `${hex(skipped + line * PER_LINE, 8)}  ${words.join(' ')}  |${signs}|`;
}
