import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The options of main/talos/load-proto.ts as flags of proto-loader-gen-types, and our comments as documentation. */
const OPTIONS = ['--keepCase', '--longs=String', '--enums=String', '--defaults', '--oneofs', '--includeComments'];

/**
 * Writes the TypeScript types of every message and service of proto/ into `outDir`, replacing what is there:
 * the output of proto-loader-gen-types with `.ts` in its imports, plus `services.ts`, which names all services.
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
  const types = filesBelow(outDir, '.ts');
  for (const file of types) {
    const path = join(outDir, file);
    const text = readFileSync(path, 'utf8').replaceAll(/ from '(\.[^']*)';/g, " from '$1.ts';");
    writeFileSync(path, `${text.trimEnd()}\n`);
  }
  const services = types.filter((file) =>
    /Definition = |Definition extends/.test(readFileSync(join(outDir, file), 'utf8')),
  );
  writeFileSync(join(outDir, 'services.ts'), servicesFile(services));
}

function servicesFile(files: readonly string[]): string {
  const services = files.map((file) => ({ file, name: file.slice(0, -'.ts'.length).replaceAll('/', '.') }));
  const alias = (name: string): string => `_${name.replaceAll('.', '_')}`;
  const lines = [
    '// Every service of proto/ by its full name.',
    '',
    ...services.map(({ file, name }) => {
      const type = `${name.slice(name.lastIndexOf('.') + 1)}Definition`;
      return `import type { ${type} as ${alias(name)} } from './${file}';`;
    }),
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
