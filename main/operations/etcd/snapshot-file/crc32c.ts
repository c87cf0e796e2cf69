/** The reversed polynomial of Castagnoli. */
const POLYNOMIAL = 0x82f63b78;

/** Eight tables of 256, one behind the other, so that eight bytes are taken at a time. */
function makeTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    tables[byte] = value;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (before >>> 8) ^ (tables[before & 255] ?? 0);
  }
  return tables;
}

let made: Int32Array | undefined;

/** CRC-32 with the polynomial of Castagnoli, which etcd tells snapshots apart by. Goes on from `crc`; begins with 0. */
export function crc32c(bytes: Buffer, crc = 0): number {
  const tables = (made ??= makeTables());
  /** What a byte brings that so many bytes follow, of the eight. */
  const of = (following: number, byte: number): number => tables[following * 256 + (byte & 255)] ?? 0;
  let value = ~crc;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low = value ^ bytes.readInt32LE(at);
    const high = bytes.readInt32LE(at + 4);
    value =
      of(7, low) ^
      of(6, low >>> 8) ^
      of(5, low >>> 16) ^
      of(4, low >>> 24) ^
      of(3, high) ^
      of(2, high >>> 8) ^
      of(1, high >>> 16) ^
      of(0, high >>> 24);
  }
  for (; at < bytes.length; at++) value = (value >>> 8) ^ of(0, value ^ bytes.readUInt8(at));
  return ~value >>> 0;
}
