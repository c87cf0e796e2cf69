import { methodOf } from '../../talos/methods.ts';
import type { CommandDefinition } from './definition.ts';

/** Whether a certificate may run a command, and if not, which roles would do. */
export type Allowed =
  | { readonly isAllowed: true }
  | { readonly isAllowed: false; readonly needs: readonly string[]; readonly message: string };

/** Roles a certificate may have to run the command; any one suffices. */
export function rolesFor(command: CommandDefinition): readonly string[] {
  return methodOf(command.method)?.roles ?? ['os:admin'];
}

/**
 * May a certificate with these roles run the command (table of docs/talos-behaviour.md §1.4)? The node decides in the end: a
 * role may come from elsewhere (`os:impersonator`), so that certificate is not refused here.
 */
export function mayRun(command: CommandDefinition, certificateRoles: readonly string[]): Allowed {
  const needs = rolesFor(command);
  const isAllowed = needs.length === 0 || [...needs, 'os:impersonator'].some((role) => certificateRoles.includes(role));
  if (isAllowed) return { isAllowed };
  const has = certificateRoles.length === 0 ? 'no role' : certificateRoles.join(', ');
  return {
    isAllowed,
    needs,
    message: `${command.title} needs the role ${needs.join(' or ')}; this certificate has ${has}.`,
  };
}
