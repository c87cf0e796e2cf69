import { EventEmitter } from 'node:events';

/** What a window on a desktop can do and a window here cannot: accepted, and without effect. */
export class WindowWithoutDesktop extends EventEmitter {
  blur(): void {
    // Windows of a test have no desktop to give the focus to.
  }

  flashFrame(): void {
    // No task bar here.
  }

  center(): void {
    // Windows of a test have no desktop to be centred on.
  }

  setTitleBarOverlay(): void {
    // The window has Chromium's own frame.
  }

  setMenuBarVisibility(): void {
    // There is no menu bar here.
  }

  setAutoHideMenuBar(): void {
    // There is no menu bar here.
  }

  setIcon(): void {
    // The window has Chromium's icon.
  }

  setProgressBar(): void {
    // No task bar here.
  }

  setOverlayIcon(): void {
    // Windows only.
  }

  setDocumentEdited(): void {
    // macOS only.
  }

  setRepresentedFilename(): void {
    // macOS only.
  }

  setContentProtection(): void {
    // Screenshots stay possible here.
  }

  setSkipTaskbar(): void {
    // No task bar here.
  }
}
