import { describe, expect, it } from 'vitest';
import { findItems } from '../../../renderer/components/find/find-items.ts';
import type { PickItem } from '../../../renderer/components/overlays/pick.ts';

const item = (label: string, more: Partial<PickItem> = {}): PickItem => ({
  id: label,
  label,
  pick: () => undefined,
  ...more,
});
const labels = (items: readonly PickItem[], typed: string, options = {}): readonly string[] =>
  findItems(items, typed, options).map(({ label }) => label);
const alike = (word: string): readonly string[] => ({ journal: ['logs'], halt: ['shut'] })[word] ?? [];

describe('a list that is searched', () => {
  it('finds two and three letters only where a word begins', () => {
    const items = [item('Stop a service'), item('Processes', { words: 'top' }), item('Topology')];

    expect(labels(items, 'top')).toEqual(['Processes', 'Topology'].reverse());
  });

  it('finds names that are written together by their parts', () => {
    expect(labels([item('Explore LinkStatuses')], 'status')).toEqual(['Explore LinkStatuses']);
    expect(labels([item('Explore LinkStatuses')], 'link stat')).toEqual(['Explore LinkStatuses']);
  });

  it('finds by another word for the typed one, after what has the typed one itself', () => {
    const items = [item('Logs'), item('Journal of deeds'), item('Shut down')];

    expect(labels(items, 'journal', { alike })).toEqual(['Journal of deeds', 'Logs']);
    expect(labels(items, 'halt', { alike })).toEqual(['Shut down']);
  });

  it('ignores words that say nothing beside others, and flags', () => {
    const options = { fillers: new Set(['show', 'me']) };

    expect(labels([item('Disks'), item('Show all')], 'show me disks -a', options)).toEqual(['Disks']);
    expect(labels([item('Disks'), item('Show all')], 'show', options)).toEqual(['Show all']);
  });

  it.each(['kubeconfgi', 'kubeconfi', 'kubecnfig', 'kubeconfiig', 'kubecanfig'])('forgives one letter: %s', (typed) => {
    expect(labels([item('Kubeconfig'), item('Contexts')], typed)).toEqual(['Kubeconfig']);
  });

  it('forgives no letter where something has the word as it was typed', () => {
    expect(labels([item('Reset'), item('Resets by hand')], 'resets')).toEqual(['Resets by hand']);
  });

  it('takes no number for another one: that is another node', () => {
    expect(labels([item('node7'), item('v1.13.9')], 'node9')).toEqual([]);
  });

  it('looks for the first words of a text that was pasted by mistake', () => {
    const pasted = `snapshot ${'x '.repeat(40)}`;

    expect(labels([item('Take a snapshot'), item('Text')], pasted)).toEqual(['Text', 'Take a snapshot']);
    expect(labels([item('Take a snapshot')], `${'q '.repeat(40)} snapshot`)).toEqual([]);
  });

  it('shows what holds most of the words where nothing holds all of them', () => {
    const items = [item('Free disk space'), item('Disks'), item('Contexts')];

    expect(labels(items, 'disk space missing')).toEqual(['Free disk space', 'Disks']);
  });

  it('puts what only a longer text holds last, and finds nothing where nothing holds any word', () => {
    const items = [item('Guide', { text: 'Snapshots are taken here.' }), item('Take a snapshot')];

    expect(labels(items, 'snapshot')).toEqual(['Take a snapshot', 'Guide']);
    expect(labels(items, 'xyzzy')).toEqual([]);
  });

  it('finds only what holds every word of a text that is a language of its own', () => {
    const items = [item('Logs'), item('Guide', { text: 'The journal is read here.' }), item('Jornal')];

    expect(labels(items, 'journal', { alike, isExact: () => true })).toEqual([]);
  });

  it('puts what can be picked before what cannot, and one of very many behind both', () => {
    const items = [item('Disk a', { isMinor: true }), item('Disk b', { disabledBecause: 'Not now.' }), item('Disk c')];

    expect(labels(items, 'disk')).toEqual(['Disk c', 'Disk b', 'Disk a']);
  });
});
