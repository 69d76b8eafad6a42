// A drawing as the digits of the data set are prepared: the ink fills a square of 32 by 32 cells,
// and each pixel of 8 by 8 is the share of inked cells in its block of 4 by 4.

const PIXELS = 8;
const BLOCK = 4;

/**
 * @param {ArrayLike<number>} ink 1 where there is ink, row by row
 * @param {number} size columns and rows of the drawing
 * @returns {number[] | null} 64 numbers from 0 to 1; null without ink
 */
export function digitOf(ink, size) {
  let [left, right, top, bottom] = [size, -1, size, -1];
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      if (ink[row * size + column] > 0) {
        [left, right] = [Math.min(left, column), Math.max(right, column)];
        [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
      }
  if (right < 0) return null;
  const side = Math.max(right - left, bottom - top) + 1;
  const [middleX, middleY] = [(left + right + 1) / 2, (top + bottom + 1) / 2];
  const cells = PIXELS * BLOCK;
  const pixels = Array(PIXELS ** 2).fill(0);
  for (let row = 0; row < cells; row += 1)
    for (let column = 0; column < cells; column += 1) {
      const x = Math.floor(middleX + ((column + 0.5) / cells - 0.5) * side);
      const y = Math.floor(middleY + ((row + 0.5) / cells - 0.5) * side);
      const inside = x >= 0 && x < size && y >= 0 && y < size;
      if (inside && ink[y * size + x] > 0)
        pixels[Math.floor(row / BLOCK) * PIXELS + Math.floor(column / BLOCK)] += 1 / BLOCK ** 2;
    }
  return pixels;
}
