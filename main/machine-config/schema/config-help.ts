import type { ConfigFieldHelp, ConfigHelp } from '../../../preload/contract/index.ts';
import { EXPLAINED } from './explained/explained.ts';
import { successorOf } from './successors.ts';
import { allowedWords, fieldsOf, kindNamed, kindNames, typeIds, typeWord, type Field } from './schema.ts';

let made: ConfigHelp | undefined;

/** What may stand in machine configs, as the page completes and explains it. Made once. */
export function configHelp(): ConfigHelp {
  return (made ??= {
    kinds: Object.fromEntries(
      kindNames().flatMap((name) => {
        const kind = kindNamed(name);
        return kind ? [[name, { type: kind.root, apiVersion: kind.apiVersion }]] : [];
      }),
    ),
    types: Object.fromEntries(
      typeIds().map((id) => [
        id,
        Object.fromEntries([...fieldsOf(id)].map(([name, field]) => [name, helpOf(id, name, field)])),
      ]),
    ),
  });
}

function helpOf(id: string, name: string, field: Field): ConfigFieldHelp {
  const words = allowedWords(field);
  const successor = successorOf(id, name);
  const about = EXPLAINED[id]?.[name];
  return {
    type: typeWord(id, name),
    ...(words && { words }),
    ...(field.deprecated && { isDeprecated: true }),
    ...(successor && successor.kinds.length > 0 && { successors: successor.kinds }),
    ...(about !== undefined && { about }),
  };
}
