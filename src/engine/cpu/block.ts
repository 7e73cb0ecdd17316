import { CHECKPOINT } from '../../measure/layout.ts';

/**
 * Steps that a kernel takes before it looks at anything: their visits fit the nearest cache. As many as
 * from one checkpoint to the next, so that these come at the same step of every block.
 */
export const BLOCK = CHECKPOINT;
