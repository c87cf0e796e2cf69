/** Chromium features that would draw on the page, restart it or talk to the network by themselves. */
const DISABLED_FEATURES = [
  'BackForwardCache',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'IsolateOrigins',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  // Chromium's own address bar: two pages and a process for each window, which Electron does not have.
  'PreloadTopChromeWebUI',
  'Translate',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
  'site-per-process',
];

const QUIET = [
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-field-trial-config',
  '--disable-hang-monitor',
  '--disable-infobars',
  '--disable-ipc-flooding-protection',
  '--disable-popup-blocking',
  '--disable-prompt-on-repost',
  '--disable-quic',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--hide-crash-restore-bubble',
  '--metrics-recording-only',
  '--password-store=basic',
  '--use-mock-keychain',
];

/** So that windows behind other windows behave as the window in front. */
const AWAKE = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Sub-frames stay in their page's target, where frames and contexts are visible to us. */
const ONE_TARGET_PER_PAGE = ['--disable-site-isolation-trials', '--disable-back-forward-cache'];

/** No name is ever looked up: the windows have no network beyond loopback. */
const NO_NETWORK = ['--no-proxy-server', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost'];

/** Chromium's arguments; `switches` are those of the command line and of `app.commandLine`. */
export function chromiumFlags(profile: string, switches: ReadonlyMap<string, string>): string[] {
  const all = new Map(switches);
  const list = (name: string, own: readonly string[]): string =>
    `--${name}=${[...own, ...(all.get(name)?.split(',') ?? [])].filter(Boolean).join(',')}`;
  const features = list('disable-features', DISABLED_FEATURES);
  all.delete('disable-features');
  if (process.getuid?.() === 0) all.set('no-sandbox', '');
  return [
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    ...QUIET,
    ...AWAKE,
    ...ONE_TARGET_PER_PAGE,
    ...NO_NETWORK,
    // Windows are drawn without a GPU anyway: a process for it would only be one more to start.
    '--disable-gpu',
    '--in-process-gpu',
    '--force-color-profile=srgb',
    // Hides the bar that warns of --no-sandbox.
    '--test-type',
    features,
    ...[...all].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`)),
  ];
}
