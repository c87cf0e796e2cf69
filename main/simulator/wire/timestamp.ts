/** A google.protobuf.Timestamp of epoch milliseconds. */
export function timestamp(atMs: number): { readonly seconds: string; readonly nanos: number } {
  const seconds = Math.floor(atMs / 1000);
  return { seconds: String(seconds), nanos: Math.round((atMs - seconds * 1000) * 1e6) };
}
