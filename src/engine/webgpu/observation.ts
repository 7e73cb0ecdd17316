import type { ObservedFormulas, RunLayout } from '../../measure/layout.ts';
import type { OrbitProgram } from './precision/orbit.ts';
import type { Snippet } from './precision/snippet.ts';

/** The generated module `observation`: what is counted of a state, and whether it is an orbit's last. */
export function writeObservation(
  { densities, planes }: RunLayout,
  formulas: ObservedFormulas,
  orbit: OrbitProgram,
): string {
  const visits = formulas.densities.flatMap((of, index) => {
    const density = densities[index];
    if (!density) return [];
    const { request, start } = density;
    const offset = orbit.offset(of, request.range, request.bins);
    return [{ offsets: [offset], use: `visit(${start}u, ${request.bins}u, offset0, weight);` }];
  });
  const cells = formulas.planes.flatMap((of, index) => {
    const plane = planes[index];
    if (!plane) return [];
    const { range, bins } = plane.request;
    const [across, up] = bins;
    return [
      {
        offsets: [orbit.offset(of[0], range[0], across), orbit.offset(of[1], range[1], up)],
        use: `visitCell(row + ${plane.start}u, vec2u(${across}u, ${up}u), vec2f(offset0, offset1), weight);`,
      },
    ];
  });
  const exit = formulas.escape && snippetOf(orbit.emit([formulas.escape]));
  const functions = new Set(
    [...[...visits, ...cells].flatMap(({ offsets }) => offsets), ...(exit ? [exit] : [])].flatMap(
      ({ functions: called, partial }) => (partial ? [...called, 'outOfDomain'] : called),
    ),
  );
  const blocks = [...visits, ...cells].map(
    ({ offsets, use }) => `  {\n${offsets.map(offsetText).join('\n')}\n    ${use}\n  }`,
  );
  return `import orbit::{State, Column};
import package::measures::density::{visit, turnsAbove};
import package::measures::plane::visitCell;
import package::lib::position::{Coordinate, Frequency, Bend, phaseOf, chirped, sinOfPhase, cosOfPhase, sinOfTurns, cosOfTurns};
${functions.size > 0 ? `import package::lib::math::{${[...functions].join(', ')}};` : ''}

// Adds weight to what is counted of a state of a column whose tallies begin at row.
fn observe(state: State, column: Column, row: u32, weight: u32) {
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

/** A variable that has the offset of a value, in statements of its own; one that is not defined is below. */
function offsetText({ statements, result, partial }: Snippet, index: number): string {
  const name = `offset${index}`;
  const lines = [
    ...statements,
    `${name} = ${partial ? `select(${result}, -1f, outOfDomain)` : result};`,
    ...(partial ? ['outOfDomain = false;'] : []), // the logarithm of a negative number, say
  ];
  return `    var ${name}: f32;\n    {\n      ${lines.join('\n      ')}\n    }`;
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
