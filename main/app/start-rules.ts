/** What is known of the start of the process before anything else happens. */
export interface StartFacts {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  readonly isPackaged: boolean;
  /** Node's inspector is open: a build for tests, since the fuses of a released one forbid it. */
  readonly isInspected: boolean;
}

/**
 * True where Chromium's sandbox is off for every process: as root on Linux it cannot start, and `--no-sandbox` or
 * ELECTRON_DISABLE_SANDBOX ask for it. The page is told, and says so.
 */
export function isSandboxOff({
  words,
  env,
  platform,
  isRoot,
}: Omit<StartFacts, 'isPackaged' | 'isInspected'>): boolean {
  return (
    words.includes('--no-sandbox') || env['ELECTRON_DISABLE_SANDBOX'] !== undefined || (platform === 'linux' && isRoot)
  );
}

/** The first switch that would let another program drive the window of a released app; undefined: start. */
export function refusedSwitch({ words, isPackaged, isInspected }: StartFacts): string | undefined {
  if (!isPackaged || isInspected) return undefined;
  return words.find((word) => /^--?(remote-debugging|remote-allow-origins|enable-automation)/i.test(word));
}

/**
 * True when the app seems to have been started from a menu or a dock: variables that only a shell sets (TALOSCONFIG,
 * KUBECONFIG, HTTPS_PROXY in a profile of the shell) are not there then. Windows gives every program the user's variables.
 */
export function isFromMenu({ env, platform }: Pick<StartFacts, 'env' | 'platform'>): boolean {
  if (platform === 'win32') return false;
  return env['TERM'] === undefined && env['SHLVL'] === undefined && env['TERM_PROGRAM'] === undefined;
}

/**
 * Chromium finds no host by these rules, names and addresses alike: no page of ours has a network. `updates` is the folder that the build
 * names for newer versions; main asks its host alone over Chromium.
 */
export function resolverRules(updates?: string): string {
  const host = updates === undefined ? undefined : URL.parse(updates)?.hostname;
  // What has signs of the rules themselves is left out.
  const isPlain = host !== undefined && /^[a-z0-9.-]+$/.test(host);
  return isPlain ? `${NO_HOST}, EXCLUDE ${host}` : NO_HOST;
}

const NO_HOST = 'MAP * ~NOTFOUND';
