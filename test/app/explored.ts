import { expect, vi } from 'vitest';
import { page } from 'vitest/browser';
import { presetRequest, viewportOf, withWindow } from '../../src/app/explorable.ts';
import { startExplorer } from '../../src/app/explorer.ts';
import type { Look } from '../../src/app/look.ts';
import type { Session } from '../../src/app/session.ts';
import type { StudioOptions } from '../../src/app/studios.ts';
import { defaultView, writeFragment } from '../../src/app/url-state.ts';

/** A page with the explorer on it, and what it complained of. */
export interface Explored {
  readonly root: HTMLElement;
  readonly session: Session;
  /** What the picture is drawn on. */
  readonly canvas: HTMLCanvasElement;
  readonly complaints: readonly unknown[];
  /** Waits until a run has come to its end; by default one that succeeded. */
  settle(state?: 'done' | 'failed'): Promise<void>;
  end(): Promise<void>;
}

/** A fragment for a preset at a fraction of its work, so that a software GPU takes little time. */
export function smallFragment(name: string, look: Look): string {
  const request = presetRequest(name);
  const { spec } = withWindow(request, viewportOf(request), { columns: 100, bins: 100 });
  const small = {
    ...spec,
    ensemble: { ...spec.ensemble, orbits: 8 },
    steps: { skip: 200, keep: 200 },
  };
  return writeFragment({ request: { ...request, spec: small }, look, view: defaultView });
}

/** Of the page, px. */
const pageSize = { width: 900, height: 460 };

/** Starts the explorer with `fragment` in the address, and watches the console. */
export async function explore(
  fragment: string,
  options: StudioOptions = { engine: 'webgpu' },
  { width, height }: { readonly width: number; readonly height: number } = pageSize,
): Promise<Explored> {
  await page.viewport(width, height);
  const complaints: unknown[] = [];
  for (const level of ['error', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation((...words) => complaints.push(words.join(' ')));
  }
  history.replaceState(history.state, '', fragment || location.pathname + location.search);
  const root = document.createElement('div');
  root.style.height = `${height}px`;
  document.body.style.margin = '0';
  document.body.replaceChildren(root);
  const session = await startExplorer(root, options);
  if (!session) throw new Error('the explorer found no engine');
  return {
    root,
    session,
    get canvas() {
      const canvas = session.plot.frame.querySelector('canvas');
      if (!canvas) throw new Error('there is no picture');
      return canvas;
    },
    complaints,
    settle: (state = 'done') =>
      vi.waitFor(() => expect(root.dataset.state).toBe(state), { timeout: 60_000, interval: 30 }),
    async end() {
      await session.dispose();
      root.remove();
      vi.restoreAllMocks();
    },
  };
}

/** The input of a panel's field, by its label. */
export function fieldOf(root: HTMLElement, label: string): HTMLInputElement {
  const names = [...root.querySelectorAll('.panel .lil-name')];
  const name = names.find(({ textContent }) => textContent?.startsWith(label));
  const input = name?.closest('.lil-controller')?.querySelector<HTMLInputElement>('input, select');
  if (!input) throw new Error(`the panel has no field ${label}`);
  return input;
}

/** Types into a field and leaves it. */
export function type(input: HTMLInputElement, text: string): void {
  input.focus();
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  input.blur();
}
