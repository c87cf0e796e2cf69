import './early-globals.ts';
import { registerHooks } from 'node:module';
import { becomeElectron } from './process-of-electron.ts';

/** What answers `import 'electron'` and `require('electron')`. */
const electronModule = new URL('electron-module.ts', import.meta.url).href;

const NAMES = new Set(['electron', 'electron/main', 'electron/common']);

registerHooks({
  resolve(specifier, context, next) {
    if (NAMES.has(specifier)) return { url: electronModule, shortCircuit: true };
    return next(specifier, context);
  },
});

becomeElectron();
