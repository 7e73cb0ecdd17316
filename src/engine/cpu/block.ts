/** Steps that a kernel takes before it looks at anything: their visits fit the nearest cache. */
export const BLOCK = 32;
