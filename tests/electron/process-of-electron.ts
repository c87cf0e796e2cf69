import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The arguments after the executable, as they were before anybody changed `process.argv`. */
export const originalArguments: readonly string[] = process.argv.slice(2);

/** Makes this Node process look like Electron's main process. */
export function becomeElectron(): void {
  const executable = fileURLToPath(new URL('electron', import.meta.url));
  process.argv = [executable, ...originalArguments];
  Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
  Object.defineProperty(process, 'defaultApp', { value: true, configurable: true });
  Object.defineProperty(process, 'resourcesPath', { value: dirname(executable), configurable: true });
  Object.defineProperty(process.versions, 'electron', { value: '0.0.0-stand-in', enumerable: true });
}
