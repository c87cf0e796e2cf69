import type { PickItem } from '../../components/overlays/pick.ts';
import { sessionPart } from '../../state/session-part.ts';
import type { Session } from '../../state/context.ts';
import { SETTING_WORDS } from './settings-words.ts';

/** What of the screen is brought into view when it is there. */
class WantedSetting {
  label = $state.raw<string | undefined>();
}

/** The setting that was picked, until it is in view. */
const wantedSetting = sessionPart(() => new WantedSetting());

/** Further words that find a setting. */
const WORDS_OF: { readonly [K in keyof typeof SETTING_WORDS]?: string } = {
  deadlineMs: 'timeout deadline seconds',
  nodesAtOnce: 'parallel parallelism concurrency limit',
  isNotifying: 'notifications alerts desktop',
  isTellingExpiry: 'notifications expiry certificates desktop',
  versionDays: 'history retention expiry backups undo',
  deedKeepDays: 'history retention expiry journal audit',
};

/** Parts of the screen that are no single choice. */
const PARTS: readonly (readonly [label: string, words: string])[] = [
  ['Sign in the tray', 'tray icon background hide minimize'],
  ['On another computer', 'export import backup take along'],
  ['Search or run', 'palette recent forget'],
];

/** Each setting as a line of the palette, which leads to it. */
export function settingPicks(session: Session): readonly PickItem[] {
  const keys = Object.keys(SETTING_WORDS) as (keyof typeof SETTING_WORDS)[];
  const labels = keys.map((key) => [SETTING_WORDS[key].label, WORDS_OF[key] ?? ''] as const);
  return [...labels, ...PARTS].map(([label, words]) => ({
    id: `setting:${label}`,
    label: `Setting: ${label}`,
    group: 'Settings',
    words: `preferences options ${words}`,
    pick: () => {
      wantedSetting(session).label = label;
      session.screen.show('settings');
    },
  }));
}

/** Brings what was picked into view and focuses it, also when it is drawn later. */
export function bringIntoView(session: Session, screen: HTMLElement): () => void {
  const wanted = wantedSetting(session);
  const look = (): void => {
    const { label } = wanted;
    if (label === undefined) return;
    const named = [...screen.querySelectorAll<HTMLElement>('legend, label, h2')].find(
      (each) => each.textContent.trim() === label,
    );
    if (!named) return;
    wanted.label = undefined;
    named.scrollIntoView({ block: 'center' });
    const around = named.closest<HTMLElement>('fieldset, section') ?? named;
    const inside = named.matches('label') ? named : around;
    const first =
      inside.querySelector<HTMLElement>('input:checked') ?? inside.querySelector<HTMLElement>('input, button, select');
    first?.focus();
  };
  const observer = new MutationObserver(look);
  observer.observe(screen, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
}
