import type { Component } from 'svelte';
import type { CommandPicture } from '../../../../preload/contract/index.ts';
import BarsView from './BarsView.svelte';
import BytesView from './BytesView.svelte';
import LinesView from './LinesView.svelte';
import SocketsView from './SocketsView.svelte';
import TableView from './TableView.svelte';
import TreemapView from './TreemapView.svelte';
import TreeView from './TreeView.svelte';
import type { ViewProps } from './view-props.ts';

/** What answers look like: a plain table where the command says nothing else. */
type Shape = CommandPicture['kind'] | 'table';

/** One view per shape; the compiler asks for the one of a new shape. */
const VIEWS: Readonly<Record<Shape, Component<ViewProps>>> = {
  table: TableView,
  bars: BarsView,
  tree: TreeView,
  treemap: TreemapView,
  lines: LinesView,
  sockets: SocketsView,
  bytes: BytesView,
};

/** The view of answers that are drawn like this. */
export function viewOf(picture: CommandPicture | undefined): Component<ViewProps> {
  return VIEWS[picture?.kind ?? 'table'];
}
