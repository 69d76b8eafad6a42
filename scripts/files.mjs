/** Lists the project's files by folder. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './steps.mjs';

/**
 * Lists every file under some paths, in a fixed order.
 *
 * @param {string[]} paths relative to the project; missing folders count as empty
 * @returns {string[]} relative to the project
 */
export function filesUnder(...paths) {
  return paths.flatMap((path) => {
    const full = join(root, path);
    if (!existsSync(full)) return [];
    const entries = readdirSync(full, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
      .sort();
  });
}
