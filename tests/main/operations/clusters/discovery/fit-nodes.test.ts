import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { fitNodes } from '../../../../../main/operations/clusters/discovery/fit-nodes.ts';
import type { NodeSummary } from '../../../../../preload/contract/index.ts';

const node = (index: number, text: string): NodeSummary => ({
  ...{ target: `${text}${index}`, hostname: `${text}${index}`, addresses: [text, text], role: 'worker', os: text },
  sources: ['discovered'],
});

test.each(['a', 'ж', 'x'.repeat(200), 'ж'.repeat(200)])(
  'nodes with texts of %j stay below a message of 1 MiB',
  (text) => {
    const { nodes, notes } = fitNodes(Array.from({ length: 20_000 }, (_, index) => node(index, text)));

    expect(serialize(nodes).length).toBeLessThan(900_000);
    expect(notes?.[0]).toBe(`Only ${nodes.length.toLocaleString('en')} of 20,000 nodes are listed.`);
  },
);

test('a thousand ordinary nodes are all listed', () => {
  const nodes = Array.from({ length: 1000 }, (_, index) => node(index, 'worker-'));

  expect(fitNodes(nodes)).toEqual({ nodes });
});
