// Which language the page speaks. One object, so that formats and texts agree.

/** @type {{ tag: string, texts: Record<string, string> | null, phrases: [RegExp, string][] }} */
export const language = { tag: 'en', texts: null, phrases: [] };
