import { expect, it } from 'vitest';
import { listPages } from '../../../main/kubernetes/list-pages.ts';

const list = { path: '/api/v1/pods', query: {}, page: 2, most: 5 };

it('a list that never ends is refused, also when nothing of it is what was asked for', async () => {
  let pages = 0;
  const ask = () => {
    pages += 1;
    return Promise.resolve({ items: [{}, {}], metadata: { continue: 'more' } });
  };

  const listed = listPages({ ...list, read: () => undefined }, ask);
  await expect(listed).rejects.toMatchObject({ failure: { code: 'too-large' } });
  expect(pages).toBe(3);
});

it('a list is read to its end, without what is another thing', async () => {
  const pages = [{ items: [1, 'x'], metadata: { continue: 'more' } }, { items: [2] }];
  const asked: string[] = [];
  const ask = (path: string) => {
    asked.push(path);
    return Promise.resolve(pages[asked.length - 1]);
  };

  const read = (item: unknown) => (typeof item === 'number' ? item : undefined);
  expect(await listPages({ ...list, read }, ask)).toEqual([1, 2]);
  expect(asked).toEqual(['/api/v1/pods?limit=2', '/api/v1/pods?limit=2&continue=more']);
});
