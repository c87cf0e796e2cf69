const VERSION = /\((v[\w.+-]{1,60})\)/;

/** The version of Talos in what discovery knows of a machine: `v1.13.9` of `Talos (v1.13.9)`; undefined where it says none. */
export const versionInOs = (os: string | undefined): string | undefined => VERSION.exec(os ?? '')?.[1];
