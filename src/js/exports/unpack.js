/** Unpacks a ZIP file of unknown origin, such as a .npz file. */
import { Unzip, UnzipInflate } from 'fflate';

/** Bytes that are unpacked at once; each may become a thousand. */
const SLICE = 1 << 14;

/**
 * Unpacks a ZIP in slices, because its headers may claim sizes that its contents do not have.
 *
 * @param {Uint8Array} bytes
 * @param {{ files: number, bytes: number }} most of all contents
 * @returns {[path: string, content: Uint8Array][]} if it has too many files, their paths without
 *   contents and not all of them
 * @throws {Error} for a damaged ZIP and for contents that are too large
 */
export function unpack(bytes, most) {
  /** @type {[path: string, chunks: Uint8Array[]][]} */
  const files = [];
  let size = 0;
  const unzip = new Unzip((file) => {
    /** @type {Uint8Array[]} */
    const chunks = [];
    files.push([file.name, chunks]);
    if (files.length > most.files) return;
    file.ondata = (error, chunk) => {
      if (error) throw error;
      size += chunk.length;
      if (size > most.bytes) throw new RangeError('too large');
      chunks.push(chunk);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length && files.length <= most.files; at += SLICE)
    unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
  return files.map(([path, chunks]) => [path, joined(chunks)]);
}

/** @param {Uint8Array[]} chunks */
function joined(chunks) {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const chunk of chunks) {
    whole.set(chunk, place);
    place += chunk.length;
  }
  return whole;
}
