// Which language the page speaks. One object, so that formats and texts agree.

/** `wanted` is the language that is being loaded, or the same as `tag`. @type {{ tag: string, wanted: string, texts: Record<string, string> | null, phrases: [RegExp, string][] }} */
export const language = { tag: 'en', wanted: 'en', texts: null, phrases: [] };
