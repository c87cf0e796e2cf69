export interface StandInArguments {
  /** Chromium's switches: those before the application's path. */
  readonly switches: ReadonlyMap<string, string>;
  /** Folder or file of the application. */
  readonly application: string;
}

/** `electron [switches] path [the application's own arguments]`. */
export function readArguments(args: readonly string[]): StandInArguments {
  const path = args.findIndex((argument) => !argument.startsWith('-'));
  const before = path < 0 ? args : args.slice(0, path);
  const switches = before.map((argument): [string, string] => {
    const [name = '', ...value] = argument.replace(/^--?/, '').split('=');
    return [name, value.join('=')];
  });
  return { switches: new Map(switches), application: args[path] ?? '.' };
}
