import { parseArgs } from 'node:util';
import { Failed } from '../lib/failed.ts';

export interface CommandLine {
  /** `--talosconfig PATH`, as written. */
  readonly talosconfig?: string;
  /** `--demo`: work on the simulated cluster. */
  readonly demo: boolean;
  /** Talosconfigs that were opened with Minos, as written: words that end in `.talosconfig`. */
  readonly files: readonly string[];
  /** `--smoke`: start, show the window, print one line and quit with 0; for the packaged app. */
  readonly smoke: boolean;
}

/**
 * Reads our own flags. Chromium's and Electron's switches come in the same list, so unknown ones are left alone; a flag of
 * ours without its value is a Failed `invalid`.
 */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: { talosconfig: { type: 'string' }, demo: { type: 'boolean' }, smoke: { type: 'boolean' } },
  });
  if (values.talosconfig === true || values.talosconfig === '') {
    throw new Failed({ code: 'invalid', message: '--talosconfig needs a path.', hint: 'Write --talosconfig PATH.' });
  }
  const { talosconfig } = values;
  return {
    demo: values.demo === true,
    smoke: values.smoke === true,
    // Unpackaged, the app's own folder is in the list, too; a file of our kind is told by its ending (electron-builder.yml).
    files: positionals.filter((path) => path.endsWith('.talosconfig')),
    ...(typeof talosconfig === 'string' ? { talosconfig } : {}),
  };
}
