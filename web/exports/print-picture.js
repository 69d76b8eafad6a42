// Prints one picture alone, on a page of its own size. The browser's printer also writes PDF files,
// and keeps the lines and letters of an SVG as such.

/** @param {string} svg */
export const addressOf = (svg) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/**
 * Puts a picture into an empty document, whose page takes its size.
 * @param {Document} page
 * @param {{ svg: string, width: number, height: number }} picture
 */
async function fillPage(page, { svg, width, height }) {
  const image = page.createElement('img');
  Object.assign(image, { width, height, src: addressOf(svg) });
  page.body.replaceChildren(image);
  const view = /** @type {Window & typeof globalThis} */ (page.defaultView);
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(
    `@page { size: ${Math.ceil(width)}px ${Math.ceil(height)}px; margin: 0 } body { margin: 0 } img { display: block }`,
  );
  page.adoptedStyleSheets = [sheet];
  await image.decode();
}

/**
 * @param {HTMLIFrameElement} frame empty and hidden
 * @param {{ svg: string, width: number, height: number }} picture
 */
export async function printPicture(frame, picture) {
  if (frame.contentDocument === null) return;
  await fillPage(frame.contentDocument, picture);
  frame.contentWindow?.print();
}
