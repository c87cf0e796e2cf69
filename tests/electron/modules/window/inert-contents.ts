import { EventEmitter } from 'node:events';

/** The part of web contents that has no effect here, or a fixed answer. */
export class InertContents extends EventEmitter {
  #devToolsOpened = false;

  async setVisualZoomLevelLimits(): Promise<void> {
    // There is no pinching here.
  }

  setIgnoreMenuShortcuts(): void {
    // Menus are data here; no key reaches them.
  }

  setBackgroundThrottling(): void {
    // Nothing is throttled here.
  }

  setUserAgent(): void {
    // The windows have no network.
  }

  openDevTools(): void {
    this.#devToolsOpened = true;
  }

  closeDevTools(): void {
    this.#devToolsOpened = false;
  }

  isDevToolsOpened(): boolean {
    return this.#devToolsOpened;
  }

  getType(): string {
    return 'window';
  }

  getOSProcessId(): number {
    return process.pid;
  }

  getProcessId(): number {
    return 1;
  }
}
