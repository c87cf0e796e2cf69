/** Made of docs/user-guide.md when the app is built; see scripts/guide. */
declare module 'virtual:user-guide' {
  export const GUIDE: readonly import('./guide-page.ts').GuidePage[];
}
