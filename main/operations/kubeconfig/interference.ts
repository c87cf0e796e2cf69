import type { Problem } from '../../../preload/contract/index.ts';
import type { Interference } from '../../files/late-writers.ts';

/** What is said when another program wrote a kubeconfig around our write. */
export const interferenceProblem = (one: Interference): Problem =>
  one.kind === 'wrote-old-version'
    ? {
        severity: 'warning',
        message: 'Another program wrote this file while Minos did; the file holds the version of Minos.',
        hint:
          one.keptAt === undefined
            ? 'The other version is kept in “Changes by Minos”, where it can be put back.'
            : `The other version is kept as ${one.keptAt}.`,
      }
    : {
        severity: 'warning',
        message: 'Another program wrote this file right after Minos; the file holds its version.',
        hint: 'Merge again if the context is missing.',
      };
