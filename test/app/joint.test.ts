import { afterEach, expect, test, vi } from 'vitest';
import { parseExplorable, viewportOf } from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import { defaultView, writeFragment } from '../../src/app/url-state.ts';
import { leastHeld } from '../support/long-tasks.ts';
import { type Explored, explore } from './explored.ts';
import { kindSpecs } from './kind-specs.ts';

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

const [request] = kindSpecs.joint.measures;

async function start(of: readonly [string, string] = request.of): Promise<Explored> {
  const spec = { ...kindSpecs.joint, measures: [{ ...request, of }] };
  const link = writeFragment({
    request: parseExplorable(spec),
    look: defaultLook,
    view: defaultView,
  });
  explored = await explore(link, { engine: 'cpu' }, { width: 800, height: 300 });
  await explored.settle();
  return explored;
}

/** The level lines over the picture; undefined where there are none. */
function linesOf({ root }: Explored): string | undefined {
  const layer = root.querySelector('.contours');
  return layer?.hasAttribute('hidden') ? undefined : layer?.querySelector('path')?.outerHTML;
}

test('a joint density has level lines, and a window that moves in both directions with them', async () => {
  const explorer = await start();
  const { session, settle } = explorer;
  await vi.waitFor(() => expect(linesOf(explorer)).toMatch(/ d="M/));
  const before = linesOf(explorer);
  const { columns, bins } = session.plot.cells;
  expect(session.state.request.joint?.bins).toEqual([columns, bins]);
  session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));
  session.plot.element.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }),
  );
  await settle();
  const { across, up } = viewportOf(session.state.request);
  expect(across.to - across.from).toBeLessThan(3.9);
  expect((up.from + up.to) / 2).toBeGreaterThan(0.05);
  expect(session.state.request.joint?.range).toEqual([
    [across.from, across.to],
    [up.from, up.to],
  ]);
  await vi.waitFor(() => expect(linesOf(explorer)).not.toBe(before));
});

test('the cursor says how often its cell was visited, and starts the orbit there', async () => {
  const explorer = await start();
  const { session, root } = explorer;
  const press = (key: string) =>
    session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  press('Enter');
  await vi.waitFor(() => {
    expect(root.querySelector('.readout')?.textContent).toMatch(/^x = .*y = /);
    expect(root.querySelector('.side .spoken')?.textContent).toMatch(
      /^x = .*, y = .*, \d+ visits?$/,
    );
  });
  expect(root.querySelector<HTMLElement>('[data-view="plane"]')?.hidden).toBe(false);
});

test('over values that are not the variables there are no level lines', async () => {
  const explorer = await start(['x', 'f']);
  expect(explorer.root.querySelector('.contours')).not.toBeNull();
  expect(linesOf(explorer)).toBeUndefined();
  expect(explorer.root.querySelector('.plot')?.getAttribute('aria-label')).toContain('of f from');
});

test('neither its lines nor its counts hold the page up while the window moves', async () => {
  const explorer = await start();
  const { session, settle } = explorer;
  const held = await leastHeld(8, async () => {
    for (const key of ['ArrowUp', '+', 'ArrowRight', '-', 'ArrowDown', 'ArrowLeft']) {
      const pressed = new KeyboardEvent('keydown', { key, bubbles: true });
      session.plot.element.dispatchEvent(pressed);
      await new Promise(requestAnimationFrame);
    }
    await settle();
  });
  expect(held).toEqual([]);
});
