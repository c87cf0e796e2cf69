/** What the fixture application and the stand-in put where tests look into the main process. */
declare global {
  var seen: {
    readonly order: string[];
    readonly second: { readonly argv: string[]; readonly cwd: string; readonly data: unknown }[];
  };
  var standIn: {
    readonly openedExternally: string[];
    readonly notifications: { readonly title: string; readonly body: string; click(): void }[];
    readonly dialogs: { readonly defaultPath: string; readonly properties: string[]; readonly isOverWindow: boolean }[];
    readonly trays: { readonly standInLabels: readonly string[]; standInChoose(label: string): void }[];
    notificationsFail: string;
    readonly permissions: Map<string, string>;
  };
}

export {};
