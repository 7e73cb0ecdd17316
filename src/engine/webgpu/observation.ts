import type { ObservedFormulas, RunLayout } from '../../measure/layout.ts';
import type { OrbitProgram } from './precision/orbit.ts';
import type { Snippet } from './precision/snippet.ts';

/** The generated module `observation`: what is counted of a state, and whether it is an orbit's last. */
export function writeObservation(
  { densities }: RunLayout,
  formulas: ObservedFormulas,
  orbit: OrbitProgram,
): string {
  const visits = formulas.densities.flatMap((of, index) => {
    const density = densities[index];
    if (!density) return [];
    const { request, start } = density;
    const snippet = orbit.offset(of, request.range, request.bins);
    // A value that is not defined (the logarithm of a negative number) counts as below.
    const offset = snippet.partial ? `select(${snippet.result}, -1f, outOfDomain)` : snippet.result;
    return [{ ...snippet, use: `visit(${start}u, ${request.bins}u, ${offset});` }];
  });
  const exit = formulas.escape && snippetOf(orbit.emit([formulas.escape]));
  const functions = new Set(
    [...visits, ...(exit ? [exit] : [])].flatMap(({ functions: called, partial }) =>
      partial ? [...called, 'outOfDomain'] : called,
    ),
  );
  const blocks = visits.map(({ statements, use, partial }) => {
    const body = [...statements, use, ...(partial ? ['outOfDomain = false;'] : [])];
    return `  {\n    ${body.join('\n    ')}\n  }`;
  });
  return `import orbit::{State, Column};
import package::measures::density::{visit, turnsAbove};
import package::lib::position::{Coordinate, Frequency, Bend, phaseOf, chirped, sinOfPhase, cosOfPhase};
${functions.size > 0 ? `import package::lib::math::{${[...functions].join(', ')}};` : ''}

fn observe(state: State, column: Column) {
${blocks.join('\n')}
}

fn hasEscaped(state: State, column: Column, isWatched: bool) -> bool {
${exit ? escapes(exit) : '  return false;'}
}
`;
}

/**
 * The generated module `places`: which orbit an invocation follows. Where orbits escape, they are listed,
 * so that lanes need not wait for what has gone; elsewhere they are all orbits in their order.
 */
export function writePlaces(isListed: boolean): string {
  return isListed
    ? `import package::kernels::followed::followed;

fn placeOf(item: u32) -> u32 { return followed[item]; }
`
    : 'fn placeOf(item: u32) -> u32 { return item; }\n';
}

/** A condition that is not defined is not satisfied. */
function escapes({ statements, result, partial }: Snippet): string {
  return `  ${statements.join('\n  ')}
  let isOut = ${result}${partial ? ' & !outOfDomain' : ''};${partial ? '\n  outOfDomain = false;' : ''}
  return isOut & isWatched;`;
}

function snippetOf({ results, ...text }: ReturnType<OrbitProgram['emit']>): Snippet {
  return { ...text, result: results[0] ?? '' };
}
