import type { Figure, Mark, Panel } from '../../src/figure/figure.ts';
import { type ScalingLane, type ScalingReport, speedOf } from '../scaling/scaling.ts';
import { type Direction, directions } from '../scaling/sizes.ts';

const labels: Readonly<Record<Direction, string>> = {
  columns: 'columns, of 64 orbits and 1024 steps',
  orbits: 'orbits of each of 64 columns, 1024 steps',
  steps: 'steps of 64 columns of 64 orbits',
  bins: 'bins of the density',
};
const [WIDTH, HEIGHT] = [420, 260];
const MEBIBYTE = 2 ** 20;

/** How engines scale, as curves: speed in every direction, then memory. */
export function scalingFigure({ surroundings, lanes }: ScalingReport): Figure {
  return {
    title: 'Speed and memory against size',
    subtitle: `${surroundings.processor}, ${surroundings.cores} cores, ${surroundings.date.slice(0, 10)}; every step counted into a density`,
    columns: 2,
    panels: [...directions.map((over) => speedPanel(lanes, over)), ...memoryPanels(lanes)],
  };
}

/** Speed along one direction; a dashed line where a lane first has 90 % of its best. */
function speedPanel(lanes: readonly ScalingLane[], over: Direction): Panel {
  const marks = lanes.flatMap((lane, at): readonly Mark[] => {
    const curve = lane.curves.find((each) => each.over === over);
    if (!curve) return [];
    const [x, y] = [curve.points.map((point) => point[over]), curve.points.map(speedOf)];
    return curveMarks(x, y, lane, at);
  });
  return {
    x: { label: labels[over], scale: 'log' },
    y: { label: 'orbit-steps per second', scale: 'log' },
    marks,
    width: WIDTH,
    height: HEIGHT,
  };
}

function memoryPanels(lanes: readonly ScalingLane[]): readonly Panel[] {
  return (['orbits', 'steps'] as const).map((over) => ({
    x: {
      label:
        over === 'orbits' ? 'orbits of 64 columns, 64 steps' : 'steps of 64 columns of 64 orbits',
      scale: 'log',
    },
    y: { label: 'memory of the process, MiB', domain: [0, mostMemory(lanes)] },
    marks: lanes.flatMap((lane, at) => {
      const points = lane.memory[over];
      const x = points.map((point) => point[over]);
      return curveMarks(
        x,
        points.map(({ bytes }) => bytes / MEBIBYTE),
        lane,
        at,
      );
    }),
    width: WIDTH,
    height: HEIGHT,
  }));
}

function mostMemory(lanes: readonly ScalingLane[]): number {
  const points = lanes.flatMap(({ memory }) => [...memory.orbits, ...memory.steps]);
  return (1.1 * Math.max(...points.map(({ bytes }) => bytes))) / MEBIBYTE;
}

function curveMarks(
  x: readonly number[],
  y: readonly number[],
  { engine, precision }: ScalingLane,
  at: number,
): readonly Mark[] {
  const colour = ([0, 1, 2, 3, 4, 5] as const)[at] ?? 'quiet';
  const label = `${engine === 'cpu' ? 'CPU' : 'WebGPU'}, ${precision}`;
  return [
    { mark: 'curve', x, y, colour, label },
    { mark: 'points', x, y, colour, size: 5 },
  ];
}
