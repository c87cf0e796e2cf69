/** Roughly how many bytes a plain value keeps in memory: texts, fields, list places. Stops counting at `limit`. */
export function roughSize(value: unknown, limit = Infinity): number {
  let size = 0;
  const count = (one: unknown, depth: number): void => {
    if (size > limit) return;
    if (typeof one === 'string') size += 16 + one.length;
    else if (one === null || typeof one !== 'object') size += 8;
    else if (ArrayBuffer.isView(one)) size += one.byteLength;
    else if (depth < 32) {
      size += 32;
      for (const item of Array.isArray(one) ? (one as unknown[]) : Object.values(one)) count(item, depth + 1);
    }
  };
  count(value, 0);
  return size;
}
