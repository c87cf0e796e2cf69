import { dirname, relative } from 'node:path/posix';

/** What one file of proto-loader-gen-types is made of. */
interface Part {
  /** Where its text belongs: `machine/machine.ts` for what `proto/machine/machine.proto` declares. */
  readonly home: string;
  /** Imports of packages, as they are written. */
  readonly packages: readonly string[];
  /** What it calls the types of other files, by that name. */
  readonly foreign: ReadonlyMap<string, { readonly name: string; readonly file: string }>;
  readonly body: string;
}

const IMPORT = /^import type .* from '([^']+)';?$/;
const NAMES = /(\w+) as (\w+)/g;
const DECLARED = /^export (?:interface|type|const) (\w+)/gm;

/**
 * Joins the output of proto-loader-gen-types, a file for each message, into a file for each .proto: from texts by path
 * to texts by path, `.ts` in their imports. Throws when two types of one .proto share a name.
 */
export function oneFilePerProto(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const parts = new Map([...files].map(([path, text]) => [path, readPart(path, text)]));
  const homes = [...new Set([...parts.values()].map(({ home }) => home))].sort();
  return new Map(
    homes.map((home) => [
      home,
      join(
        home,
        [...parts.values()].filter((part) => part.home === home),
        parts,
      ),
    ]),
  );
}

function readPart(path: string, text: string): Part {
  const original = /^\/\/ Original file: (?:proto\/(.*)\.proto|null)$/m.exec(text)?.[1];
  const packages: string[] = [];
  const foreign = new Map<string, { readonly name: string; readonly file: string }>();
  const body: string[] = [];
  for (const line of text.split('\n')) {
    const from = IMPORT.exec(line)?.[1];
    if (from === undefined) {
      if (!line.startsWith('// Original file: ')) body.push(line);
    } else if (from.startsWith('.')) {
      const file = `${new URL(from, `file:///${path}`).pathname.slice(1)}.ts`;
      for (const [, name = '', alias = ''] of line.matchAll(NAMES)) foreign.set(alias, { name, file });
    } else packages.push(line.replace(/;?$/, ';'));
  }
  // What comes with protobuf itself is in no file of ours: one file for the package.
  const home = `${original ?? dirname(path)}.ts`;
  return { home, packages, foreign, body: body.join('\n').trim() };
}

function join(home: string, parts: readonly Part[], all: ReadonlyMap<string, Part>): string {
  const declared = parts.flatMap(({ body }) => [...body.matchAll(DECLARED)].map(([, name = '']) => name));
  // An enum is a constant and a type of one name.
  const twice = declared.filter((name, index) => declared.indexOf(name) !== index && !isEnum(name, parts));
  if (twice.length > 0) throw new Error(`${home} declares ${twice.join(', ')} twice`);
  const imports = new Map<string, Map<string, string>>();
  const bodies = parts.map(({ body, foreign }) =>
    body.replaceAll(/\b_\w+/g, (alias) => {
      const type = foreign.get(alias);
      const from = type && all.get(type.file)?.home;
      if (type === undefined || from === undefined) return alias;
      if (from === home) return type.name;
      imports.set(from, (imports.get(from) ?? new Map<string, string>()).set(alias, type.name));
      return alias;
    }),
  );
  const packages = [...new Set(parts.flatMap((part) => part.packages))].sort();
  const own = [...imports].sort(([a], [b]) => (a < b ? -1 : 1)).map(([from, names]) => importOf(home, from, names));
  const heads = [...packages, ...own];
  return `${[`// Generated, one piece: types of ${home.replace(/\.ts$/, '.proto')}, all in one file as they are declared there.`, ...(heads.length > 0 ? [heads.join('\n')] : []), ...bodies].join('\n\n')}\n`;
}

const isEnum = (name: string, parts: readonly Part[]): boolean =>
  parts.some(({ body }) => body.includes(`export const ${name} = `) && body.includes(`export type ${name} =`));

function importOf(home: string, from: string, names: ReadonlyMap<string, string>): string {
  const path = relative(dirname(home), from);
  const list = [...names].map(([alias, name]) => `  ${name} as ${alias},`).sort();
  return `import type {\n${list.join('\n')}\n} from '${path.startsWith('.') ? path : `./${path}`}';`;
}
