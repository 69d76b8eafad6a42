// The place for a word in a region of a grid.

/**
 * Finds a place for a word in a region of a grid: the cell that is farthest from all others. A word
 * is three times as wide as high.
 *
 * @param {number} rows
 * @param {number} columns
 * @param {(row: number, column: number) => boolean} within whether a cell is of the region
 * @returns {{ row: number, column: number } | null} null if no place has room
 */
export function middleOf(rows, columns, within) {
  const cells = Array.from({ length: rows * columns }, (_, i) => ({
    row: Math.floor(i / columns),
    column: i % columns,
  }));
  const outside = cells.filter(({ row, column }) => !within(row, column));
  const room = (/** @type {{ row: number, column: number }} */ { row, column }) =>
    Math.min(
      row + 1,
      rows - row,
      (column + 1) / 3,
      (columns - column) / 3,
      ...outside.map((other) => Math.max(Math.abs(other.row - row), Math.abs(other.column - column) / 3)),
    );
  /** @type {{ row: number, column: number, size: number } | null} */
  let best = null;
  for (const cell of cells) {
    if (!within(cell.row, cell.column)) continue;
    const size = room(cell);
    if (size >= 1 && (best === null || size > best.size)) best = { ...cell, size };
  }
  return best && { row: best.row, column: best.column };
}
