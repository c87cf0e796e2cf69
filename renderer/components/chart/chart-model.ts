import { csvCell, notFormula } from '../../lib/csv-cell.ts';

/** One line of a chart. */
export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** One for each time; null where there is none: a gap. */
  readonly values: readonly (number | null)[];
}

/** What a chart draws: all its lines over the same times, epoch milliseconds, growing. */
export interface ChartData {
  readonly timesMs: readonly number[];
  readonly series: readonly ChartSeries[];
}

/** A stretch of time, epoch milliseconds. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A value of one line at one moment. */
export interface ChartReading {
  readonly id: string;
  readonly label: string;
  readonly value: number;
}

/** The values at one time, largest first; lines that have none there are left out. */
export function readingsAt({ series }: ChartData, index: number): readonly ChartReading[] {
  return series
    .flatMap(({ id, label, values }) => {
      const value = values[index];
      return value === null || value === undefined ? [] : [{ id, label, value }];
    })
    .sort((a, b) => b.value - a.value || a.label.localeCompare(b.label));
}

/** The newest value of each line, largest first; those without any are left out. */
export function newestReadings(data: ChartData): readonly ChartReading[] {
  return data.series
    .flatMap(({ id, label, values }) => {
      const value = values.findLast((each) => each !== null);
      return value === null || value === undefined ? [] : [{ id, label, value }];
    })
    .sort((a, b) => b.value - a.value || a.label.localeCompare(b.label));
}

/** The figures as text: a line for each time, a column for each line of the chart. Times are ISO 8601 in UTC. */
export function chartText({ timesMs, series }: ChartData, separator: '\t' | ','): string {
  const safe = (text: string): string =>
    separator === ',' ? csvCell(text) : notFormula(text.replace(/[\t\r\n]/g, ' '));
  const lines = timesMs.flatMap((atMs, index) => {
    const values = series.map(({ values: of }) => of[index] ?? null);
    if (values.every((value) => value === null)) return [];
    return [
      [new Date(atMs).toISOString(), ...values.map((value) => (value === null ? '' : String(value)))].join(separator),
    ];
  });
  return [['time', ...series.map(({ label }) => safe(label))].join(separator), ...lines, ''].join('\n');
}
