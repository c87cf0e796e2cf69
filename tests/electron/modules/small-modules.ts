import type { CrashReporter, GlobalShortcut, SystemPreferences } from 'electron';

/** Modules of which an application uses a call or two, and that have nothing to do here. */

export const crashReporter = {
  start: () => undefined,
  getUploadToServer: () => false,
  getParameters: () => ({}),
  addExtraParameter: () => undefined,
} satisfies Partial<CrashReporter>;

const shortcuts = new Map<string, () => void>();

/** Global shortcuts are kept, and never pressed. */
export const globalShortcut = {
  register: (accelerator, run) => {
    shortcuts.set(accelerator, run);
    return true;
  },
  unregister: (accelerator) => {
    shortcuts.delete(accelerator);
  },
  unregisterAll: () => {
    shortcuts.clear();
  },
  isRegistered: (accelerator) => shortcuts.has(accelerator),
} satisfies Partial<GlobalShortcut>;

export const systemPreferences = {
  getAnimationSettings: () => ({
    shouldRenderRichAnimation: true,
    scrollAnimationsEnabledBySystem: true,
    prefersReducedMotion: false,
  }),
  getAccentColor: () => '0078d7ff',
} satisfies Partial<SystemPreferences>;
