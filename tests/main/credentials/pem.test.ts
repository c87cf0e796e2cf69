import { describe, expect, test } from 'vitest';
import { pemBlocks, readPemField, relabelKey } from '../../../main/credentials/pem.ts';

const block = (label: string): string => `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('readPemField', () => {
  test('finds every block of a bundle, ignoring text in between and line breaks in the base64', () => {
    const text = `# first\n${block('CERTIFICATE')}# second\r\n${block('CERTIFICATE')}`;
    const folded = base64(text).replaceAll(/(.{20})/g, '$1\n');

    expect(readPemField('ca', folded)).toEqual({
      blocks: [
        { label: 'CERTIFICATE', pem: block('CERTIFICATE') },
        { label: 'CERTIFICATE', pem: block('CERTIFICATE') },
      ],
    });
  });

  test.each([
    ['AAAA*AAA', 'crt is not base64: character 5 of 8 does not belong there.'],
    ['AAAA AAA', 'crt is not base64: character 5 of 8 does not belong there.'],
    ['AAA-AAA_', 'crt is not base64: character 4 of 8 belongs to the URL variant.'],
    ['AA==AAAA', 'crt is not base64: padding (=) stands before the end.'],
    ['AAAAA', 'crt is not base64: it is cut off: 5 characters, which is not a multiple of four.'],
    [base64('hello'), 'crt is base64, but what it holds is not PEM: no complete BEGIN and END lines.'],
    [
      base64('-----BEGIN CERTIFICATE-----\nAAAA'),
      'crt is base64, but what it holds is not PEM: no complete BEGIN and END lines.',
    ],
    [block('CERTIFICATE'), 'crt holds PEM text where base64 of it is expected.'],
  ])('says what is wrong with %j', (value, message) => {
    const reading = readPemField('crt', value);

    expect(reading).toMatchObject({ problem: { severity: 'error', message, field: 'crt' } });
    expect(reading).toHaveProperty('problem.hint');
  });

  test('reads a megabyte of nonsense without getting slow', () => {
    const started = performance.now();

    readPemField('ca', base64('-----BEGIN A-----'.repeat(60_000)));

    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('relabelKey', () => {
  test.each([
    ['ED25519 PRIVATE KEY', 'PRIVATE KEY'],
    ['PRIVATE KEY', 'PRIVATE KEY'],
    ['RSA PRIVATE KEY', 'RSA PRIVATE KEY'],
    ['EC PRIVATE KEY', 'EC PRIVATE KEY'],
  ])('turns %s into %s', (before, after) => {
    expect(relabelKey(pemBlocks(block(before))[0]!)).toBe(block(after));
  });
});
