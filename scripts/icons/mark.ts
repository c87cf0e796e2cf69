/**
 * The mark of Minos: a labyrinth of bronze. Three round walls with one opening each around a dot, light on bronze. Drawn
 * as distances to shapes, so that every size is sharp. All lengths are parts of the picture's side.
 */

interface Wall {
  readonly radius: number;
  readonly width: number;
  /** Middle of the opening in degrees, clockwise from the top. */
  readonly openingAt: number;
}

/** Walls and dot of a size: below 48 px three walls would run together. */
function labyrinth(sizePx: number): {
  readonly walls: readonly Wall[];
  readonly dot: number;
  readonly opening: number;
} {
  if (sizePx < 48) {
    return {
      walls: [
        { radius: 0.335, width: 0.085, openingAt: 180 },
        { radius: 0.185, width: 0.075, openingAt: 0 },
      ],
      dot: 0.06,
      opening: 0.15,
    };
  }
  return {
    walls: [
      { radius: 0.345, width: 0.058, openingAt: 180 },
      { radius: 0.24, width: 0.054, openingAt: 40 },
      { radius: 0.14, width: 0.05, openingAt: 230 },
    ],
    dot: 0.05,
    opening: 0.105,
  };
}

type Colour = readonly [red: number, green: number, blue: number];
const GROUND_TOP: Colour = [0xb0, 0x6a, 0x2a];
const GROUND_BOTTOM: Colour = [0x6e, 0x39, 0x0d];
const LINE: Colour = [0xfb, 0xee, 0xdd];

/** Distance to a rounded square around the middle; negative inside. */
function toGround(x: number, y: number): number {
  const [half, radius] = [0.46, 0.105];
  const [dx, dy] = [Math.abs(x) - half + radius, Math.abs(y) - half + radius];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

/** Distance to a round wall with round ends at its opening. */
function toWall(x: number, y: number, wall: Wall, opening: number): number {
  const turn = (wall.openingAt * Math.PI) / 180;
  // Turned so that the opening is at the top, and folded at the middle.
  const across = Math.abs(x * Math.cos(turn) + y * Math.sin(turn));
  const up = x * Math.sin(turn) - y * Math.cos(turn);
  const half = (opening + wall.width) / 2 / wall.radius;
  const isOpen = Math.atan2(across, up) < half;
  const distance = isOpen
    ? Math.hypot(across - wall.radius * Math.sin(half), up - wall.radius * Math.cos(half))
    : Math.abs(Math.hypot(x, y) - wall.radius);
  return distance - wall.width / 2;
}

const covered = (distance: number, sizePx: number): number => Math.min(1, Math.max(0, 0.5 - distance * sizePx));

/** The mark as rows of red, green, blue and alpha. */
export function drawMark(sizePx: number): Uint8Array {
  const pixels = new Uint8Array(sizePx * sizePx * 4);
  const { walls, dot, opening } = labyrinth(sizePx);
  for (let row = 0; row < sizePx; row += 1) {
    for (let column = 0; column < sizePx; column += 1) {
      const [x, y] = [(column + 0.5) / sizePx - 0.5, (row + 0.5) / sizePx - 0.5];
      const distances = [Math.hypot(x, y) - dot, ...walls.map((wall) => toWall(x, y, wall, opening))];
      const line = covered(Math.min(...distances), sizePx);
      const down = (row + 0.5) / sizePx;
      const colour = [0, 1, 2].map((part) => {
        const ground = (GROUND_TOP[part] ?? 0) * (1 - down) + (GROUND_BOTTOM[part] ?? 0) * down;
        return Math.round(ground * (1 - line) + (LINE[part] ?? 0) * line);
      });
      pixels.set([...colour, Math.round(255 * covered(toGround(x, y), sizePx))], (row * sizePx + column) * 4);
    }
  }
  return pixels;
}
