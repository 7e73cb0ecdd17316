import { afterEach, expect, test, vi } from 'vitest';
import { readFragment } from '../../src/app/url-state.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { paintDensity } from '../../src/export/picture.ts';
import { pixelsOf } from '../support/canvas-pixels.ts';
import { type Explored, explore, smallFragment } from './explored.ts';
import { watchGpu } from './watched-gpu.ts';

const logistic = smallFragment('logistic', { tone: 'linear', map: 'grey' });

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

test('a device lost in the middle of a run is replaced, and the picture comes out right', async () => {
  const watched = watchGpu();
  explored = await explore(logistic, { engine: 'webgpu', gpu: watched.gpu });
  const { root, settle, session } = explored;
  const isBegun = () => {
    expect(session.state.request.spec.axes[0]?.count).toBe(session.plot.cells.columns);
    expect(watched.alive()).toContain('counts');
  };
  await vi.waitFor(isBegun, { interval: 2, timeout: 30_000 });
  expect(root.dataset.state).toBe('computing');
  const { spec } = session.state.request;
  const before = session.plot;
  watched.lose('the driver was restarted');
  await vi.waitFor(() => expect(session.plot).not.toBe(before), { timeout: 30_000 });
  await settle();
  expect(root.querySelector('.notices .fault')?.textContent).toContain('the driver was restarted');
  expect(session.state.request.spec).toEqual(spec);
  session.plot.render();
  const drawn = pixelsOf(explored.canvas);
  const engine = await createEngine({ engine: 'webgpu' });
  const { data } = paintDensity(await engine.run(spec), session.state.look);
  engine.dispose();
  // Linear tone in grey: f32 against float64 moves a shade by one at most.
  let farthest = 0;
  for (let pixel = 0; pixel < data.length; pixel++) {
    farthest = Math.max(farthest, Math.abs((drawn[3 * pixel] ?? 0) - (data[pixel] ?? 0)));
  }
  expect(farthest).toBeLessThanOrEqual(1);
  expect(drawn.includes(255)).toBe(true);
});

test('devices lost one after another are not replaced for ever: the page says so, and waits', async () => {
  const watched = watchGpu();
  explored = await explore(logistic, { engine: 'webgpu', gpu: watched.gpu });
  const { root, session, settle } = explored;
  await settle();
  const { spec } = session.state.request;
  for (let time = 1; time <= 3; time++) {
    const { plot } = session;
    watched.lose(`for the time ${time}`);
    await vi.waitFor(() => expect(session.plot).not.toBe(plot), { timeout: 30_000 });
    await vi.waitFor(() => expect(watched.alive()).toContain('counts'), { timeout: 30_000 });
  }
  watched.lose('once more');
  await vi.waitFor(() =>
    expect(root.querySelector('.message')?.textContent).toContain('once more'),
  );
  expect(root.dataset.state).toBe('failed');
  expect(root.querySelector('canvas')).toBeNull();
  await vi.waitFor(() => expect(watched.alive()).toEqual([]), { timeout: 10_000 });
  root.querySelector('button')?.click();
  await settle();
  expect(readFragment(location.hash)?.request.spec).toEqual(spec);
  expect(session.state.request.spec).toEqual(spec);
});
