import type { Definition } from './definition.ts';

const orNothing = (cell: string): string => (cell === '-' ? '' : cell);

const list = (cell: string, separator: string): readonly string[] =>
  orNothing(cell) === '' ? [] : cell.split(separator).map((part) => part.trim());

/** Reads a table of types, a line each (see the tables beside this file). Throws for a line it cannot read. */
export function readTable(table: string): readonly Definition[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [type, namespace, aliases, flag, columns, ...more] = line.split(' | ');
      if (type === undefined || namespace === undefined || aliases === undefined || more.length > 0) {
        throw new Error(`Not a line of a table of types: ${line}`);
      }
      return {
        type,
        namespace,
        declaredAliases: list(aliases, ','),
        onlyDeclaredAliases: flag === 'declared-aliases-only',
        sensitive: flag === 'sensitive',
        columns: list(columns ?? '-', ';').map((column) => {
          const [name = '', jsonPath = ''] = column.split(' = ');
          return [name, jsonPath] as const;
        }),
      };
    });
}
