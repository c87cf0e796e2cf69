import { expect, it } from 'vitest';
import { isSubjectOf } from '../../../../main/app/updates/publisher-name.ts';

const SUBJECT = 'CN=Example, O="Example, Ltd.", STREET="12 ""Old"" Road", L=Berlin, C=DE';

it.each<[string, string, boolean]>([
  ['Example', SUBJECT, true],
  ['CN=Example, C=DE', SUBJECT, true],
  ['C=DE,CN=Example', SUBJECT, true],
  ['CN=Example, O="Example, Ltd."', SUBJECT, true],
  ['STREET="12 ""Old"" Road"', SUBJECT, true],
  ['Exampl', SUBJECT, false],
  ['example', SUBJECT, false],
  ['Example, Ltd.', SUBJECT, false],
  ['CN=Example, C=FR', SUBJECT, false],
  ['CN=Example, OU=Minos', SUBJECT, false],
  // What stands inside a value is no part of the name.
  ['Example', 'CN="Evil, CN=Example", C=DE', false],
  ['CN=Example', 'O="CN=Example", CN=Evil', false],
  // What cannot be read as a whole is nobody's.
  ['Example', 'CN=Example, O="Example', false],
  ['Example', 'CN=Example, garbage', false],
  ['Example', '', false],
  ['', SUBJECT, false],
  ['=', SUBJECT, false],
])('%s is a name of %s: %s', (publisher, subject, fits) => {
  expect(isSubjectOf(publisher, subject)).toBe(fits);
});
