import { createAssembler } from '../../src/engine/cpu/assemble.ts';
import type { KernelExports } from '../../src/engine/cpu/kernel-text.ts';
import { type CpuProgram, writeCpuProgram } from '../../src/engine/cpu/program.ts';
import { planOf } from '../../src/engine/cpu/protocol.ts';
import { beginTile, type TileRun } from '../../src/engine/cpu/tile-run.ts';
import type { Tile } from '../../src/engine/plan.ts';
import { addCount, addCounts, createTallies, type Tallies } from '../../src/engine/tallies.ts';
import { createRecords, putRecords, type Records } from '../../src/measure/records.ts';
import { columnCount } from '../../src/spec/columns.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** The part of the CPU engine that a worker does, here in the test's own thread. */
export interface TileBench {
  readonly program: CpuProgram;
  readonly memory: WebAssembly.Memory;
  begin(tile: Tile, largestCount?: number): TileRun;
  /** Rows of no counts, and the rows that tiles give when they are worked off in slices. */
  tallies(): Tallies;
  /** Adds what a tile counted since it was last asked; returns the largest count of a cell. */
  take(tile: Tile, run: TileRun, into: Tallies, records?: Records): number;
  /** Records of which none is there yet. */
  records(): Records;
}

export async function createTileBench(spec: Spec): Promise<TileBench> {
  const program = writeCpuProgram(spec);
  const { kernel, table } = program;
  const plan = planOf(program);
  const { row } = program.layout;
  const module = await createAssembler().assemble(kernel.text);
  const instance = new WebAssembly.Instance(module);
  const kernels = instance.exports as unknown as KernelExports; // of every module of kernel-text.ts
  const stride = row + 2;
  return {
    program,
    memory: kernels.memory,
    begin: (tile, largestCount) =>
      beginTile(
        kernels,
        plan,
        tile,
        table.fill(spec, tile.columnFrom, tile.columns),
        ...(largestCount === undefined ? [] : [largestCount]),
      ),
    tallies: () => createTallies(columnCount(spec), stride, spec.ensemble.orbits * spec.steps.keep),
    records: () => createRecords(program.layout.record, columnCount(spec), spec.ensemble.orbits),
    take(tile, run, into, records) {
      const { visits, lost, diverged, records: given } = run.takeCounts();
      if (records && given.length > 0) putRecords(records, tile, given);
      for (let column = 0; column < tile.columns; column++) {
        const from = (tile.columnFrom + column) * stride;
        addCounts(into, from, visits.subarray(column * row, (column + 1) * row));
        addCount(into, from + row, lost[column] ?? 0);
        addCount(into, from + row + 1, diverged[column] ?? 0);
      }
      return visits.reduce((most, count) => Math.max(most, count), 0);
    },
  };
}
