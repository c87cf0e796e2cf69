import type uPlot from 'uplot';
import { formatTime } from '../../lib/format.ts';
import { MOST_COLOURED, type ChartColours } from './chart-colours.ts';
import type { ChartData, TimeRange } from './chart-model.ts';

/** What the options are made from; functions are asked at each drawing. */
export interface ChartWish {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly groupKey: string;
  readonly data: ChartData;
  readonly colours: () => ChartColours;
  readonly range: () => TimeRange;
  /** The axis ends here at least. */
  readonly leastMax: number;
  /** Round figures are those of KiB and MiB. */
  readonly isBinary: boolean;
  readonly format: (value: number) => string;
  readonly marked: () => string | undefined;
  readonly onHover: (index: number | null | undefined, chart: uPlot) => void;
  readonly onZoom: (range: TimeRange) => void;
}

const AXIS_PX = 68;
const LINE_PX = 1.5;
/** A drag shorter than this is a click. */
const LEAST_DRAG_PX = 8;

const BINARY_STEPS = Array.from({ length: 60 }, (_each, at) => 2 ** at);

const FONT = '11px Inter, system-ui, sans-serif';

/** The options of the chart library: no fill, one axis with its unit, 24 hours, nothing moves by itself. */
export function chartOptions(wish: ChartWish): uPlot.Options {
  const { data, colours, range, leastMax, isBinary, format, marked } = wish;
  const isMany = data.series.length > MOST_COLOURED;
  return {
    width: wish.widthPx,
    height: wish.heightPx,
    legend: { show: false },
    padding: [8, 10, 0, 0],
    cursor: {
      sync: { key: wish.groupKey, setSeries: false },
      drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG_PX },
      points: { show: false },
      y: false,
    },
    scales: {
      x: { time: true, range: () => [range().fromMs / 1000, range().toMs / 1000] },
      y: {
        range: (_chart, _least, most) => [0, niceMax(Math.max(leastMax, Number.isFinite(most) ? most : 0), isBinary)],
      },
    },
    axes: [
      {
        stroke: () => colours().muted,
        font: FONT,
        size: 26,
        space: 76,
        grid: { stroke: () => colours().line, width: 1 },
        ticks: { show: false },
        values: (_chart, splits) => splits.map((second) => formatTime(second * 1000)),
      },
      {
        stroke: () => colours().muted,
        font: FONT,
        size: AXIS_PX,
        space: 34,
        ...(isBinary && { incrs: BINARY_STEPS }),
        grid: { stroke: () => colours().line, width: 1 },
        ticks: { show: false },
        values: (_chart, splits) => splits.map((value) => format(value)),
      },
    ],
    series: [
      {},
      ...data.series.map(({ id }, at) => ({
        stroke: () => {
          const { accent, muted, series } = colours();
          if (id === marked()) return accent;
          return isMany ? muted : (series[at] ?? muted);
        },
        width: LINE_PX,
        // Many lines are many: each is there, and none hides the others.
        ...(isMany && { alpha: 0.75 }),
        spanGaps: false,
        points: { show: false },
      })),
    ],
    hooks: {
      setCursor: [(chart) => wish.onHover(chart.cursor.idx, chart)],
      setSelect: [
        (chart) => {
          const { left, width } = chart.select;
          if (width < LEAST_DRAG_PX) return;
          const at = (px: number): number => chart.posToVal(px, 'x') * 1000;
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          wish.onZoom({ fromMs: at(left), toMs: at(left + width) });
        },
      ],
    },
  };
}

/** A little more than the largest value, in round figures: 1, 2, 2.5, 5 of its power of ten, or of a unit of bytes. */
function niceMax(most: number, isBinary: boolean): number {
  if (!(most > 0)) return 1;
  if (isBinary) {
    const power = 2 ** Math.floor(Math.log2(most));
    return most <= power ? power : most <= power * 1.5 ? power * 1.5 : power * 2;
  }
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * power >= most) ?? 10;
  return step * power;
}
