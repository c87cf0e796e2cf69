/** What `npm run package` is asked for. */
export interface PackageOptions {
  /** Stop at the unpacked folder. */
  readonly isDir: boolean;
  /** Leave the inspector on, so that Playwright can drive the packed app. Never shipped. */
  readonly isTestBuild: boolean;
  /** For electron-builder, as given: `--linux deb`, `--mac`, `--x64`. */
  readonly rest: readonly string[];
}

export function readOptions(argv: readonly string[]): PackageOptions {
  const own = ['--dir', '--test-build'];
  return {
    isDir: argv.includes('--dir'),
    isTestBuild: argv.includes('--test-build'),
    rest: argv.filter((argument) => !own.includes(argument)),
  };
}

/** Where a packed app goes, relative to the repository. */
export const outputOf = ({ isTestBuild }: Pick<PackageOptions, 'isTestBuild'>): string =>
  isTestBuild ? 'dist/test-build' : 'dist';

/** The configuration of what is only tried. */
export const CONFIG = 'electron-builder.yml';

/** electron-builder's arguments. `electronDist` is the folder of an unpacked Electron; without it, it is downloaded. */
export function builderArguments(
  options: PackageOptions,
  electronDist: string | undefined,
  config = CONFIG,
): readonly string[] {
  return [
    `--config=${config}`,
    '--publish=never',
    ...(options.isDir ? ['--dir'] : []),
    `-c.directories.output=${outputOf(options)}`,
    ...(options.isTestBuild ? ['-c.electronFuses.enableNodeCliInspectArguments=true'] : []),
    ...(electronDist === undefined ? [] : [`-c.electronDist=${electronDist}`]),
    ...options.rest,
  ];
}
