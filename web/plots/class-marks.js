// One mark for each class of examples, because some readers and printers cannot tell the colours
// apart. All marks have the area of the disc of class 0.

/**
 * @param {number} corners
 * @param {number} turn of the first corner, in parts of a whole turn from the top
 * @param {number} [inner] radius of every second corner, for stars; 1 for regular polygons
 * @returns {[number, number][]} around the origin, with the area of the unit disc
 */
function polygon(corners, turn, inner = 1) {
  const raw = Array.from({ length: corners }, (_, i) => {
    const angle = 2 * Math.PI * (i / corners + turn);
    const radius = i % 2 === 0 ? 1 : inner;
    return /** @type {[number, number]} */ ([radius * Math.sin(angle), -radius * Math.cos(angle)]);
  });
  const area =
    raw.reduce((sum, [x, y], i) => sum + x * raw[(i + 1) % corners][1] - y * raw[(i + 1) % corners][0], 0) /
    2;
  const scale = Math.sqrt(Math.PI / Math.abs(area));
  return raw.map(([x, y]) => [x * scale, y * scale]);
}

/** @type {[number, number][]} */
const PLUS = [
  [-0.5, -1.5],
  [0.5, -1.5],
  [0.5, -0.5],
  [1.5, -0.5],
  [1.5, 0.5],
  [0.5, 0.5],
  [0.5, 1.5],
  [-0.5, 1.5],
  [-0.5, 0.5],
  [-1.5, 0.5],
  [-1.5, -0.5],
  [-0.5, -0.5],
].map(([x, y]) => [x * 0.793, y * 0.793]);

const turned = (/** @type {[number, number][]} */ points) =>
  points.map(([x, y]) => /** @type {[number, number]} */ ([(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]));

/**
 * Disc, diamond, triangle, square, triangle on its tip, plus, cross, star, hexagon, pentagon.
 * @type {([number, number][] | null)[]}
 */
const MARKS = [
  null,
  polygon(4, 0),
  polygon(3, 0),
  polygon(4, 1 / 8),
  polygon(3, 1 / 2),
  PLUS,
  turned(PLUS),
  polygon(10, 0, 0.45),
  polygon(6, 0),
  polygon(5, 0),
];

/** The number of marks, and of colours of classes. */
export const CLASS_MARKS = MARKS.length;

/**
 * Begins a path along the outline of a class's mark.
 * @param {CanvasRenderingContext2D} context
 * @param {number} label
 * @param {number} x
 * @param {number} y
 * @param {number} radius of the disc
 */
export function outlineMark(context, label, x, y, radius) {
  context.beginPath();
  const points = MARKS[label % CLASS_MARKS];
  if (points === null) {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  for (const [u, v] of points) context.lineTo(x + radius * u, y + radius * v);
  context.closePath();
}

/**
 * Returns the outline of a class's mark as SVG path data, around the origin.
 * @param {number} label
 * @param {number} radius of the disc
 */
export function markPath(label, radius) {
  const points = MARKS[label % CLASS_MARKS];
  if (points === null)
    return `M${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
  return `M${points.map(([x, y]) => `${(radius * x).toFixed(2)} ${(radius * y).toFixed(2)}`).join('L')}z`;
}
