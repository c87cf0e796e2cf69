import { METRICS, type Metric, type Sample } from './samples.ts';

/** An hour at one sample a second. */
const MOST_SAMPLES = 3600;
const HOUR_MS = 3_600_000;
/** Before it first grows. */
const FIRST_SAMPLES = 128;
const WIDTH = METRICS.length;

/** Most bytes that the samples of one node take: 3,600 of a time (8), a length (4) and 22 values of 4 bytes each. */
export const MOST_RING_BYTES = MOST_SAMPLES * (8 + 4 + WIDTH * 4);

/** The samples of one node of the last hour, 3,600 at most, in arrays of numbers that grow to {@link MOST_RING_BYTES}. */
export class SampleRing {
  #times = new Float64Array(FIRST_SAMPLES);
  #spans = new Uint32Array(FIRST_SAMPLES);
  #values = new Float32Array(FIRST_SAMPLES * WIDTH);
  #first = 0;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** When the newest was taken; undefined without any. */
  get lastAtMs(): number | undefined {
    return this.#count === 0 ? undefined : this.#times[this.#place(this.#count - 1)];
  }

  /** Samples come in the order of their times; those older than an hour go. */
  add({ atMs, spanMs, values }: Sample): void {
    if (this.#count === this.#times.length && this.#count < MOST_SAMPLES) this.#grow();
    if (this.#count === this.#times.length) this.#dropFirst();
    const place = this.#place(this.#count);
    this.#times[place] = atMs;
    this.#spans[place] = spanMs;
    for (let at = 0; at < WIDTH; at += 1) this.#values[place * WIDTH + at] = values[at] ?? NaN;
    this.#count += 1;
    this.forget(atMs);
  }

  /** All were taken later by so much: the clock was set. */
  move(byMs: number): void {
    for (let at = 0; at < this.#count; at += 1) {
      const place = this.#place(at);
      this.#times[place] = (this.#times[place] ?? 0) + byMs;
    }
  }

  /** Lets go what is older than an hour. */
  forget(nowMs: number): void {
    while (this.#count > 0 && (this.#times[this.#first] ?? 0) <= nowMs - HOUR_MS) this.#dropFirst();
  }

  /** Oldest first, from the given one on. */
  slice(from: number, most: number): readonly Sample[] {
    const samples: Sample[] = [];
    for (let at = from; at < Math.min(this.#count, from + most); at += 1) samples.push(this.#at(this.#place(at)));
    return samples;
  }

  /** Calls back with each known value of one metric in a stretch of time, oldest first, and how long it was true before. */
  each(
    metric: Metric,
    fromMs: number,
    toMs: number,
    visit: (atMs: number, spanMs: number, value: number) => void,
  ): void {
    const of = METRICS.indexOf(metric);
    for (let at = this.#firstAfter(fromMs); at < this.#count; at += 1) {
      const place = this.#place(at);
      const atMs = this.#times[place] ?? 0;
      if (atMs - (this.#spans[place] ?? 0) > toMs) return;
      const value = this.#values[place * WIDTH + of] ?? NaN;
      if (!Number.isNaN(value)) visit(atMs, this.#spans[place] ?? 0, value);
    }
  }

  #firstAfter(fromMs: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[this.#place(middle)] ?? 0) < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #at(place: number): Sample {
    const values = Array.from(this.#values.subarray(place * WIDTH, (place + 1) * WIDTH), (value) =>
      Number.isNaN(value) ? null : value,
    );
    return { atMs: this.#times[place] ?? 0, spanMs: this.#spans[place] ?? 0, values };
  }

  #place(at: number): number {
    return (this.#first + at) % this.#times.length;
  }

  #dropFirst(): void {
    this.#first = (this.#first + 1) % this.#times.length;
    this.#count -= 1;
  }

  #grow(): void {
    const size = Math.min(MOST_SAMPLES, this.#times.length * 2);
    const [times, spans, values] = [new Float64Array(size), new Uint32Array(size), new Float32Array(size * WIDTH)];
    for (let at = 0; at < this.#count; at += 1) {
      const place = this.#place(at);
      times[at] = this.#times[place] ?? 0;
      spans[at] = this.#spans[place] ?? 0;
      values.set(this.#values.subarray(place * WIDTH, (place + 1) * WIDTH), at * WIDTH);
    }
    [this.#times, this.#spans, this.#values, this.#first] = [times, spans, values, 0];
  }
}
