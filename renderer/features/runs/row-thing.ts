import type { Run } from '../../state/run.svelte.ts';
import { containerThing, deviceThing, imageThing, serviceThing } from '../../state/parts/things.ts';
import type { Thing } from '../../state/view.svelte.ts';
import type { RunRow } from './run-rows.ts';

const KUBERNETES = 'k8s.io';

/** What a row is about, where that is a thing with a menu of its own: a service, a container, an image, or a disk. */
export function rowThing(run: Run, row: RunRow): Thing | undefined {
  const cell = (id: string): string => {
    const value = row.cells[run.columns.findIndex((column) => column.id === id)];
    return typeof value === 'string' ? value : '';
  };
  const { node } = row.run;
  switch (run.request.command.id) {
    case 'services':
      return cell('service') === '' ? undefined : serviceThing(node, cell('service'));
    case 'containers':
    case 'stats': {
      // Below its pod, as talosctl draws it.
      const id = cell('id').replace(/^\W+/, '');
      if (id === '') return undefined;
      if (cell('namespace') !== KUBERNETES) return serviceThing(node, id);
      return id.includes(':') ? containerThing(node, id) : undefined;
    }
    case 'images': {
      const namespace = run.request.params['namespace'];
      return cell('image') === ''
        ? undefined
        : imageThing(node, cell('image'), typeof namespace === 'string' ? namespace : 'cri');
    }
    case 'disks':
    case 'discoveredvolumes':
      return cell('id') === '' ? undefined : deviceThing(node, cell('id'));
    default:
      return undefined;
  }
}
