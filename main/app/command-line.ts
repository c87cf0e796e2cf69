import { parseArgs } from 'node:util';
import { Failed } from '../lib/failed.ts';

export interface CommandLine {
  /** `--talosconfig PATH`, as written, or the `*.talosconfig` that the user opened with Minos. */
  readonly talosconfig?: string;
  /** `--demo`: work on the simulated cluster. */
  readonly demo: boolean;
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
  // Unpackaged, the app's own folder is in the list, too; a file of our kind is told by its ending.
  const talosconfig = values.talosconfig ?? positionals.find((path) => path.endsWith('.talosconfig'));
  return {
    demo: values.demo === true,
    smoke: values.smoke === true,
    ...(typeof talosconfig === 'string' ? { talosconfig } : {}),
  };
}
