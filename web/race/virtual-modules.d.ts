// Modules that scripts/one-file.mjs makes.

declare module 'virtual:worker-code' {
  /** The worker's script as text. */
  const code: string;
  export default code;
}
