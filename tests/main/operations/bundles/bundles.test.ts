import { describe, expect, it } from 'vitest';
import { kubernetesBundle } from '../../../../main/operations/bundles/kubernetes-bundle.ts';
import { talosBundle } from '../../../../main/operations/bundles/talos-bundle.ts';
import type { CallInput, ImageBundle } from '../../../../preload/contract/index.ts';

type Wish = Extract<CallInput<'bundles.images'>, { of: 'kubernetes' }>;
const kubernetes = (over: Partial<Wish> = {}): ImageBundle =>
  kubernetesBundle({ of: 'kubernetes', kubernetes: '', etcd: '', coredns: '', flannel: '', policies: '', ...over });
const references = ({ images }: ImageBundle): readonly string[] => images.map(({ name, tag }) => `${name}:${tag}`);

describe('the images of Kubernetes', () => {
  it('are those talosctl prints, in its order', () => {
    expect(references(kubernetes())).toEqual([
      'ghcr.io/siderolabs/flannel:0.28.9',
      'registry.k8s.io/coredns/coredns:v1.14.7',
      'registry.k8s.io/etcd:3.7.1',
      'registry.k8s.io/pause:3.10.2',
      'registry.k8s.io/kube-apiserver:v1.37.0-rc.1',
      'registry.k8s.io/kube-controller-manager:v1.37.0-rc.1',
      'registry.k8s.io/kube-scheduler:v1.37.0-rc.1',
      'registry.k8s.io/kube-proxy:v1.37.0-rc.1',
      'ghcr.io/siderolabs/kubelet:v1.37.0-rc.1',
      'registry.k8s.io/networking/kube-network-policies:v1.1.1',
    ]);
    expect(kubernetes().talosctl).toBe('talosctl image k8s-bundle');
  });

  it('follow the versions, with a v where Talos writes one', () => {
    const bundle = kubernetes({ kubernetes: '1.35.2', flannel: 'v0.27.4', etcd: 'v3.6.6' });

    expect(references(bundle)).toContain('registry.k8s.io/kube-apiserver:v1.35.2');
    expect(references(bundle)).toContain('ghcr.io/siderolabs/flannel:0.27.4');
    expect(references(bundle)).toContain('registry.k8s.io/etcd:3.6.6');
    expect(bundle.talosctl).toBe(
      'talosctl image k8s-bundle --k8s-version v1.35.2 --etcd-version 3.6.6 --flannel-version 0.27.4',
    );
  });

  it.each(['latest', '1.35', 'v1.35.2 && rm', ''.padEnd(90, '1')])('are refused for the version %j', (typed) => {
    expect(() => kubernetes({ kubernetes: typed })).toThrowError(
      expect.objectContaining({
        failure: expect.objectContaining({ code: 'invalid', where: { field: 'kubernetes' } }) as unknown,
      }),
    );
  });
});

describe('the images of Talos', () => {
  it.each([
    ['v1.13.9', ['installer', 'installer-base', 'imager', 'talos', 'talosctl-all', 'overlays', 'extensions']],
    ['v1.14.0', ['installer-base', 'imager', 'talos', 'talosctl-all', 'overlays', 'extensions']],
    ['v1.15.0-alpha.1', ['installer-base', 'imager', 'talos', 'talosctl-all', 'overlays', 'extensions']],
  ])('of %s have its tag, and the installer before 1.14', (tag, names) => {
    expect(references(talosBundle(tag))).toEqual(names.map((name) => `ghcr.io/siderolabs/${name}:${tag}`));
  });

  it.each([
    ['1.13.9', /no "v" before it/],
    ['v1.13', /is no version/],
    ['v1.9.0', /must be from v1\.11\.0-alpha\.0 on and before v1\.15\.0/],
    ['v1.15.0', /before v1\.15\.0/],
    ['v2.0.0', /before v1\.15\.0/],
  ])('are refused for %s', (tag, message) => {
    expect(() => talosBundle(tag)).toThrow(message);
  });

  it('say what is left out, since no registry is asked', () => {
    expect(talosBundle('').notes).toEqual([expect.stringContaining('Minos asks no registry')]);
  });
});
