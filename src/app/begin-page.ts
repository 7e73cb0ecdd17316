import { startExplorer } from './explorer.ts';
import { faultBox, faultOf } from './fault.ts';
import type { HeadStart } from './head-start.ts';
import { readEngine } from './url-state.ts';

/** Starts the explorer in `root` with the engine that the address asks for, or says there why it does not start. */
export async function beginPage(root: HTMLElement, headStart: HeadStart): Promise<void> {
  try {
    await startExplorer(root, { engine: readEngine(location.search), headStart });
  } catch (error) {
    root.replaceChildren(faultBox(faultOf(error)));
  }
}
