/** What GenerateClientConfiguration answers: PEM, and the talosconfig as YAML. */
export interface ClientConfiguration {
  readonly ca: string;
  readonly crt: string;
  readonly key: string;
  readonly talosconfig: string;
}

/** What a cluster hands out instead of what Talos would; each gets the real one. Tests put hostile ones here. */
export interface HandsOut {
  readonly kubeconfig?: (real: string) => string | Promise<string>;
  readonly client?: (real: ClientConfiguration) => ClientConfiguration | Promise<ClientConfiguration>;
}
