// The words of the maps and the other figures of the stories.

import { wordsOf } from '../texts/page.js';

export const words = await wordsOf('maps');
