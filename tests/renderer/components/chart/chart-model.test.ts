import { describe, expect, it } from 'vitest';
import {
  chartText,
  newestReadings,
  readingsAt,
  type ChartData,
} from '../../../../renderer/components/chart/chart-model.ts';

const data: ChartData = {
  timesMs: [1000, 2000, 3000],
  series: [
    { id: 'a', label: 'cp-1', values: [0.25, null, null] },
    { id: 'b', label: '=HYPERLINK("x"),b', values: [0.5, null, 0.75] },
  ],
};

describe('the figures of a chart', () => {
  it('at one moment stand largest first, without those that are not known', () => {
    expect(readingsAt(data, 0).map(({ label, value }) => [label, value])).toEqual([
      ['=HYPERLINK("x"),b', 0.5],
      ['cp-1', 0.25],
    ]);
    expect(readingsAt(data, 1)).toEqual([]);
  });

  it('of now are the newest that is known of each line', () => {
    expect(newestReadings(data).map(({ id, value }) => [id, value])).toEqual([
      ['b', 0.75],
      ['a', 0.25],
    ]);
  });

  it('as text have a line for each moment at which something is known, and no formula', () => {
    expect(chartText(data, ',')).toBe(
      [
        'time,cp-1,"\'=HYPERLINK(""x""),b"',
        '1970-01-01T00:00:01.000Z,0.25,0.5',
        '1970-01-01T00:00:03.000Z,,0.75',
        '',
      ].join('\n'),
    );
  });
});
