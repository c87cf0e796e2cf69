import { posix, win32 } from 'node:path';
import type { TalosconfigChoice, TalosconfigReason } from '../../preload/contract/index.ts';

/** What the choice depends on; everything is given, so that the rule is pure. */
export interface LocateInput {
  /** Value of `--talosconfig`. */
  readonly flag?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `$HOME`, or `%USERPROFILE%` on Windows. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** True when something is at this path (stat succeeds). */
  exists(path: string): boolean;
}

interface Candidate {
  readonly path: string;
  readonly reason: TalosconfigReason;
  /** Words for `why`. */
  readonly name: string;
}

const SERVICE_ACCOUNT_PATH = '/var/run/secrets/talos.dev/config';

/**
 * Chooses the talosconfig file (rule "Which file" in docs/talos-behaviour.md): the flag always; else `$TALOSCONFIG` if
 * set, even when it names nothing; else the first that exists of the XDG path, `$TALOS_HOME/config` or
 * `~/.talos/config`, the service account of a pod (read-only); else the first of these is where a new one goes.
 * Says which file today's talosctl would use when that is another one. Reads nothing but `exists`.
 */
export function chooseTalosconfig(input: LocateInput): TalosconfigChoice {
  const talosctl = talosctlChoice(input);
  const make = (path: string, reason: TalosconfigReason, why: string): TalosconfigChoice => ({
    path,
    reason,
    why,
    exists: path !== '' && input.exists(path),
    writable: path !== '' && reason !== 'service-account',
    ...(talosctl.path === path ? {} : { talosctl }),
  });

  if (input.flag !== undefined) return make(input.flag, 'flag', `Given as --talosconfig ${input.flag}.`);

  const fromEnv = input.env['TALOSCONFIG'];
  if (fromEnv === '') return make('', 'env', 'TALOSCONFIG is set, but to nothing, so it names no file.');
  if (fromEnv !== undefined) {
    const missing = input.exists(fromEnv) ? '' : ' It does not exist.';
    return make(fromEnv, 'env', `TALOSCONFIG names ${fromEnv}.${missing}`);
  }

  const implicit = [...xdgCandidate(input), talosDirCandidate(input)];
  const found = implicit.find((c) => input.exists(c.path));
  if (found) return make(found.path, found.reason, `${found.path} exists (${found.name}).`);
  if (input.exists(SERVICE_ACCOUNT_PATH)) {
    return make(SERVICE_ACCOUNT_PATH, 'service-account', 'Talos service account of this pod; it is read-only.');
  }
  const [first] = implicit;
  if (!first) throw new Error('no candidate for a new talosconfig');
  return make(first.path, 'none-exists', `No talosconfig exists yet; a new one goes to ${first.path} (${first.name}).`);
}

const pathsOf = (input: LocateInput): typeof posix => (input.platform === 'win32' ? win32 : posix);

/** The XDG path, when `$XDG_CONFIG_HOME` is absolute (the XDG specification ignores any other value). */
function xdgCandidate(input: LocateInput): readonly Candidate[] {
  const xdg = input.env['XDG_CONFIG_HOME'];
  const paths = pathsOf(input);
  if (xdg === undefined || !paths.isAbsolute(xdg)) return [];
  return [{ path: paths.join(xdg, 'talos', 'config.yaml'), reason: 'xdg', name: 'XDG_CONFIG_HOME' }];
}

/** `$TALOS_HOME/config`, or `~/.talos/config` when TALOS_HOME is unset or relative (talosctl ignores a relative one). */
function talosDirCandidate(input: LocateInput): Candidate {
  const talosHome = input.env['TALOS_HOME'];
  const paths = pathsOf(input);
  if (talosHome !== undefined && paths.isAbsolute(talosHome)) {
    return { path: paths.join(talosHome, 'config'), reason: 'talos-home', name: 'TALOS_HOME' };
  }
  return { path: paths.join(input.home, '.talos', 'config'), reason: 'home', name: 'the default place' };
}

/** What talosctl without flags does in the same environment: it knows no XDG path and passes over a missing $TALOSCONFIG. */
function talosctlChoice(input: LocateInput): { readonly path: string; readonly why: string } {
  const fromEnv = input.env['TALOSCONFIG'];
  const talosDir = talosDirCandidate(input);
  const talosctl = input.flag === undefined ? 'talosctl' : 'talosctl without --talosconfig';
  if (fromEnv !== undefined && fromEnv !== '' && input.exists(fromEnv)) {
    return { path: fromEnv, why: `${talosctl} uses ${fromEnv}, named by TALOSCONFIG.` };
  }
  const because = whyElsewhere(input, fromEnv);
  if (input.exists(talosDir.path)) return { path: talosDir.path, why: `${talosctl} uses ${talosDir.path}${because}.` };
  if (input.exists(SERVICE_ACCOUNT_PATH)) {
    return { path: SERVICE_ACCOUNT_PATH, why: `${talosctl} uses the service account of this pod, read-only.` };
  }
  if (fromEnv !== undefined)
    return { path: fromEnv, why: `${talosctl} would try to create the file TALOSCONFIG names.` };
  return { path: talosDir.path, why: `${talosctl} would create ${talosDir.path}${because}.` };
}

/** Why talosctl does not take what Minos takes; with the flag the flag is the reason, and it is named already. */
function whyElsewhere(input: LocateInput, fromEnv: string | undefined): string {
  if (fromEnv === '') return ': TALOSCONFIG is empty';
  if (fromEnv !== undefined) return ': TALOSCONFIG names a missing file';
  return input.flag === undefined ? ': it does not look at XDG paths' : '';
}
