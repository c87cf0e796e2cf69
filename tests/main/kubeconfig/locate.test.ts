import { expect, test } from 'vitest';
import { inFolder, kubectlFiles, kubectlWritesTo } from '../../../main/kubeconfig/locate.ts';

const files = (KUBECONFIG: string | undefined, platform: NodeJS.Platform = 'linux') =>
  kubectlFiles({
    env: { KUBECONFIG },
    home: platform === 'win32' ? 'C:\\u' : '/home/u',
    platform,
    workingFolder: platform === 'win32' ? 'C:\\w' : '/w',
  });

test.each([
  [undefined, { paths: ['/home/u/.kube/config'], source: 'default' }],
  ['', { paths: ['/home/u/.kube/config'], source: 'default' }],
  [':', { paths: ['/home/u/.kube/config'], source: 'default' }],
  ['/a', { paths: ['/a'], source: 'env' }],
  ['/a::b:/a:/c', { paths: ['/a', '/w/b', '/c'], source: 'env' }],
] as const)('KUBECONFIG=%s', (value, expected) => {
  expect(files(value)).toEqual(expected);
});

test('Windows separates with semicolons', () => {
  expect(files('C:\\a;D:\\b', 'win32').paths).toEqual(['C:\\a', 'D:\\b']);
  expect(files(undefined, 'win32').paths).toEqual(['C:\\u\\.kube\\config']);
});

test('kubectl writes new entries to the first file that exists, else the last', () => {
  expect(kubectlWritesTo(['/a', '/b', '/c'], (path) => path === '/b')).toBe('/b');
  expect(kubectlWritesTo(['/a', '/b'], () => false)).toBe('/b');
  expect(inFolder('/x', 'linux')).toBe('/x/kubeconfig');
});
