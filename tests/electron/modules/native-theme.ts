import { EventEmitter } from 'node:events';

export type ThemeSource = 'system' | 'light' | 'dark';

/** `nativeTheme`: the theme source is what pages see as `prefers-color-scheme`. The system itself is light. */
class NativeTheme extends EventEmitter {
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  #source: ThemeSource = 'system';
  #systemDark = false;

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    this.#change(() => {
      this.#source = source;
    });
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark' || (this.#source === 'system' && this.#systemDark);
  }

  /** For tests: the system's own theme changes. */
  standInSetSystemDark(dark: boolean): void {
    this.#change(() => {
      this.#systemDark = dark;
    });
  }

  #change(change: () => void): void {
    const before = this.shouldUseDarkColors;
    change();
    this.emit('standInChanged');
    if (before !== this.shouldUseDarkColors) setImmediate(() => this.emit('updated', {}));
  }
}

export const nativeTheme = new NativeTheme();
nativeTheme.setMaxListeners(0);
