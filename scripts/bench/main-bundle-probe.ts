/** Prints how many milliseconds the module given takes to load, with an `electron` that answers everything. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Callable, constructible, and every property of it is another one; `whenReady()` never comes. */
const ELECTRON = `
const never = { then: () => never };
const any = () => new Proxy(function () {}, {
  get: (_target, name) => (name === 'then' ? undefined : name === Symbol.toPrimitive ? () => '/nowhere' : any()),
  apply: () => any(),
  construct: () => any(),
});
const app = new Proxy({}, { get: (_target, name) => {
  if (name === 'whenReady') return () => never;
  if (name === 'getPath' || name === 'getAppPath') return () => '/nowhere';
  return name === 'isPackaged' ? true : name === 'commandLine' ? any() : () => true;
} });
export { app };
`;

const [, , path = ''] = process.argv;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    return { url: 'electron:stand-in', shortCircuit: true };
  },
  load(url, context, next) {
    if (url !== 'electron:stand-in') return next(url, context);
    return { format: 'module', shortCircuit: true, source: ELECTRON + exportsOf() };
  },
});

/** Every other name that the module imports. */
function exportsOf(): string {
  const imported = /import\s*\{([^}]*)\}\s*from\s*["']electron["']/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  const names = imported.split(',').map((name) => name.trim().split(/\s/)[0] ?? '');
  return names.flatMap((name) => (name === '' || name === 'app' ? [] : `export const ${name} = any();`)).join('\n');
}

const startedAt = performance.now();
await import(pathToFileURL(path).href);
console.log((performance.now() - startedAt).toFixed(2));
process.exit(0);
