/** Letters of Go's fs.FileMode, from the highest bit down. */
const LETTERS = 'dalTLDpSugct?';
const PERMISSIONS = 'rwxrwxrwx';

/** Type and permissions as Go prints them: `drwxr-xr-x`, `Lrwxrwxrwx`, `Dcrw-rw-rw-`. The bits are Go's, not those of Unix. */
export function fileMode(mode: number): string {
  const kinds = [...LETTERS].filter((_letter, index) => Math.floor(mode / 2 ** (31 - index)) % 2 === 1).join('');
  const rights = [...PERMISSIONS].map((letter, index) => (((mode & 0x1ff) >> (8 - index)) & 1 ? letter : '-')).join('');
  return `${kinds === '' ? '-' : kinds}${rights}`;
}
