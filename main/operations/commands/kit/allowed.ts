import type { TalosconfigState } from '../../../../preload/contract/index.ts';
import { mapped, type Observable } from '../../../lib/observable.ts';
import { methodOf } from '../../../talos/methods.ts';
import type { CommandDefinition } from './definition.ts';

/** Roles a certificate may have to run the command; any one suffices. */
export function rolesFor(command: CommandDefinition): readonly string[] {
  return methodOf(command.method)?.roles ?? ['os:admin'];
}

/**
 * Why a certificate with these roles may not do something that needs one of others (table of docs/talos-behaviour.md §1.4);
 * undefined when it may. The node decides in the end: a role may come from elsewhere (`os:impersonator`), so that certificate
 * is not refused here.
 */
export function whyRefused(needs: readonly string[], certificateRoles: readonly string[]): string | undefined {
  if (needs.length === 0 || [...needs, 'os:impersonator'].some((role) => certificateRoles.includes(role))) {
    return undefined;
  }
  const has = certificateRoles.length === 0 ? 'no role' : certificateRoles.join(', ');
  return `Needs the role ${needs.join(' or ')}; this certificate has ${has}.`;
}

/** The commands these roles may not run, by id, with the sentence why. */
export function refusedCommands(
  commands: readonly CommandDefinition[],
  certificateRoles: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    commands.flatMap((command) => {
      const why = whyRefused(rolesFor(command), certificateRoles);
      return why === undefined ? [] : [[command.id, why] as const];
    }),
  );
}

/** The talosconfigs with what the certificate of each context may not run, worked out once for all who look. */
export function withRefusals(
  state: Observable<TalosconfigState>,
  commands: readonly CommandDefinition[],
): Observable<TalosconfigState> {
  const byRoles = new Map<string, Readonly<Record<string, string>>>();
  const refusedTo = (roles: readonly string[]): Readonly<Record<string, string>> => {
    const key = roles.join('\n');
    const refused = byRoles.get(key) ?? refusedCommands(commands, roles);
    byRoles.set(key, refused);
    return refused;
  };
  let last: { readonly of: TalosconfigState; readonly told: TalosconfigState } | undefined;
  const told = (config: TalosconfigState): TalosconfigState => ({
    ...config,
    contexts: config.contexts.map((context) =>
      context.certificate === undefined
        ? context
        : { ...context, refusedCommands: refusedTo(context.certificate.roles) },
    ),
  });
  return mapped(state, (config) => {
    if (last?.of !== config) last = { of: config, told: told(config) };
    return last.told;
  });
}
