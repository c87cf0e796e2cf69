/** Milliseconds this thread has worked: what other processes of a busy machine do does not count. */
export function threadTimeMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
