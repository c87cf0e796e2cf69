import type { MethodReply } from '../../../talos/method-types.ts';
import { diskSize } from '../../storage/storage-words.ts';

type Message = MethodReply<'/machine.ImageService/Pull'>;

/** More layers than an image has. */
const MOST_LAYERS = 500;
/** A digest has 71 characters. */
const MOST_ID = 200;

interface Layer {
  readonly isDone: boolean;
  readonly offset: number;
  readonly total: number;
}

/** What a machine says while it pulls an image, put together. */
export class PullProgress {
  readonly #layers = new Map<string, Layer>();

  /** How far it is after one more message, a sentence; undefined where it says nothing new. */
  take({ name, pull_progress: told }: Message): string | undefined {
    if (name !== undefined && name !== '') return 'Pulled.';
    const id = (told?.layer_id ?? '').slice(0, MOST_ID);
    const progress = told?.progress;
    if (id === '' || !progress) return undefined;
    const before = this.#layers.get(id);
    if (before === undefined && this.#layers.size >= MOST_LAYERS) return undefined;
    const [offset, total] = [Number(progress.offset), Number(progress.total)];
    const isThere = progress.status === 'ALREADY_EXISTS' || progress.status === 'EXTRACT_COMPLETE';
    this.#layers.set(id, {
      isDone: isThere,
      // Only while it comes the machine counts bytes.
      offset: progress.status === 'DOWNLOADING' ? offset : (before?.total ?? offset),
      total: Math.max(before?.total ?? 0, total),
    });
    return this.#words();
  }

  #words(): string {
    const layers = [...this.#layers.values()];
    const done = layers.filter(({ isDone }) => isDone).length;
    const sum = (of: (layer: Layer) => number): number => layers.reduce((all, layer) => all + of(layer), 0);
    const bytes = `${diskSize(sum(({ offset }) => offset))} of ${diskSize(sum(({ total }) => total))} came`;
    return `${done} of ${layers.length} layers are there; ${bytes}.`;
  }
}
