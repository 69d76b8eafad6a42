// The words are in texts/; this is for the parts that look for them here.

export * from '../texts/words.js';
