import type { Session } from '../context.ts';

const NAME = 'tray';

/** Whether the sign in the tray is shown: the user's choice, else where trays are reliable. Undefined until the system is known. */
export function isTrayShown({ app, preferences }: Pick<Session, 'app' | 'preferences'>): boolean | undefined {
  const platform = app.current?.platform;
  if (platform === undefined) return undefined;
  const chosen = preferences.kept(NAME);
  return typeof chosen === 'boolean' ? chosen : platform !== 'linux';
}

/** Shows it, or takes it away, from now on. */
export function chooseTray({ preferences }: Pick<Session, 'preferences'>, isShown: boolean): void {
  preferences.keep(NAME, isShown);
}
