import { expect, test } from 'vitest';
import { fileStem } from '../../../main/lib/file-stem.ts';

test.each([
  ['prod-fra', 'prod-fra'],
  ['admin@prod', 'admin@prod'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a:b\\c|d', 'a-b-c-d'],
  ['größe', 'größe'],
  ['.hidden', 'hidden'],
  ['x.', 'x'],
  ['', 'run'],
  ['///', 'run'],
  ['CON', 'run'],
  ['lpt1.x', 'run'],
  ['a'.repeat(300), 'a'.repeat(60)],
  ['\u202Eevil', 'evil'],
])('%j may be a file called %j', (name, stem) => {
  expect(fileStem(name, 'run')).toBe(stem);
});
