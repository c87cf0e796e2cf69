/** Modules of which the application uses a call or two, and that have nothing to do here. */

export const crashReporter = {
  start: (): void => undefined,
  getUploadToServer: (): boolean => false,
  getParameters: (): Record<string, string> => ({}),
  addExtraParameter: (): void => undefined,
};

const shortcuts = new Map<string, () => void>();

/** Global shortcuts are kept; tests run them. */
export const globalShortcut = {
  register: (accelerator: string, run: () => void): boolean => {
    shortcuts.set(accelerator, run);
    return true;
  },
  unregister: (accelerator: string): void => {
    shortcuts.delete(accelerator);
  },
  unregisterAll: (): void => {
    shortcuts.clear();
  },
  isRegistered: (accelerator: string): boolean => shortcuts.has(accelerator),
  standInPress: (accelerator: string): void => {
    shortcuts.get(accelerator)?.();
  },
};

export const systemPreferences = {
  getAnimationSettings: () => ({
    shouldRenderRichAnimation: true,
    scrollAnimationsEnabledBySystem: true,
    prefersReducedMotion: false,
  }),
  getAccentColor: (): string => '0078d7ff',
};
