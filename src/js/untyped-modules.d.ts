// What the package uses of packages that come without types.

declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { Endpoint } from 'comlink';
  /** A worker_threads Worker or MessagePort as comlink wants it. */
  export default function nodeEndpoint(port: object): Endpoint;
}

declare module 'jsfive' {
  export class File {
    constructor(bytes: ArrayBuffer, name: string);
    readonly keys: string[];
    /** Values in C order. */
    get(name: string): { shape: number[]; value: ArrayLike<number> } | undefined;
  }
}
