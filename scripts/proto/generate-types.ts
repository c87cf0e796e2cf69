import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { oneFilePerProto } from './one-file-per-proto.ts';

/** The options of main/talos/load-proto.ts as flags of proto-loader-gen-types, and our comments as documentation. */
const OPTIONS = ['--keepCase', '--longs=String', '--enums=String', '--defaults', '--oneofs', '--includeComments'];

/** Folders of proto/ whose files declare another package. */
const PACKAGES: Readonly<Record<string, string>> = { v1alpha1: 'cosi.resource' };

/**
 * Writes the TypeScript types of every message and service of proto/ into `outDir`, replacing what is there:
 * the output of proto-loader-gen-types, a file for each .proto, plus `services.ts`, which names all services.
 */
export function generateTypes(repository: string, outDir: string): void {
  const protoFiles = filesBelow(join(repository, 'proto'), '.proto');
  rmSync(outDir, { recursive: true, force: true });
  const tool = join(repository, 'node_modules/@grpc/proto-loader/build/bin/proto-loader-gen-types.js');
  const args = [tool, ...OPTIONS, '--grpcLib=@grpc/grpc-js', '--includeDirs=proto', `--outDir=${outDir}`, '--'];
  execFileSync(process.execPath, [...args, ...protoFiles], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });

  // One file per .proto with a type for grpc.loadPackageDefinition, which we do not use; two of them share a name.
  for (const entry of readdirSync(outDir, { withFileTypes: true }))
    if (entry.isFile()) rmSync(join(outDir, entry.name));
  const messages = filesBelow(outDir, '.ts');
  const joined = oneFilePerProto(new Map(messages.map((file) => [file, readFileSync(join(outDir, file), 'utf8')])));
  rmSync(outDir, { recursive: true });
  for (const [file, text] of joined) {
    mkdirSync(dirname(join(outDir, file)), { recursive: true });
    writeFileSync(join(outDir, file), text);
  }
  writeFileSync(join(outDir, 'services.ts'), servicesFile(joined));
}

const SERVICE = /^export interface (\w+)Definition extends /gm;

/** `machine.MachineService` and where its definition stands, by the full name. */
function servicesFile(files: ReadonlyMap<string, string>): string {
  const services = [...files].flatMap(([file, text]) =>
    [...text.matchAll(SERVICE)].map(([, name = '']) => ({
      file,
      name: `${PACKAGES[dirname(file)] ?? dirname(file)}.${name}`,
      type: `${name}Definition`,
    })),
  );
  services.sort((a, b) => (a.name < b.name ? -1 : 1));
  const alias = (name: string): string => `_${name.replaceAll('.', '_')}`;
  const lines = [
    '// Every service of proto/ by its full name.',
    '',
    ...services.map(({ file, name, type }) => `import type { ${type} as ${alias(name)} } from './${file}';`),
    '',
    'export interface Services {',
    ...services.map(({ name }) => `  '${name}': ${alias(name)};`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** Paths relative to `folder`, with forward slashes, sorted. */
export function filesBelow(folder: string, extension: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(extension));
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
}
