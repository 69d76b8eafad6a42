// Which language the page speaks. One object, so that formats and texts agree.

import { english } from '../../src/js/error-sentences.js';

/**
 * `wanted` is the language that is being loaded, or the same as `tag`; `errors` are the sentences
 * of errors in it.
 *
 * @type {{ tag: string, wanted: string, texts: Record<string, string> | null, errors:
 *   import('../../src/js/error-sentences.js').Sentences }}
 */
export const language = { tag: 'en', wanted: 'en', texts: null, errors: english };
