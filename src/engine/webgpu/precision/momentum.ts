import type { ColumnTable } from '../column-table.ts';
import { split } from './fixed-point.ts';

/** The momentum of a column, f32. */
export function momentumWord(table: ColumnTable): string {
  return table.word('momentum', 'f32', ({ momentum = 0 }) => momentum);
}

/** Bits of the fraction of a momentum in fixed point: it is less than 1. */
const BITS = 63;

/** WGSL of momentum times a coordinate that has a name, rounded down to a unit of it. */
export function exactPush(move: string, table: ColumnTable): string {
  const turns = (momentum: number) => split(momentum * 2 ** (BITS - 32));
  const cell = table.word('momentum cell', 'i32', ({ momentum = 0 }) => turns(momentum).cell);
  const phase = table.word('momentum phase', 'u32', ({ momentum = 0 }) => turns(momentum).phase);
  return `fixedProduct(${move}, Coordinate(${cell}, ${phase}), ${BITS}u)`;
}
