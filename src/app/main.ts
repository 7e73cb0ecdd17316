import { startExplorer } from './explorer.ts';
import { faultBox, faultOf } from './fault.ts';
import { readEngine } from './url-state.ts';

const root = document.querySelector<HTMLElement>('#app');
// The page is built in a task of its own: this one has just read and run all scripts.
if (root) setTimeout(begin, 0, root);

async function begin(root: HTMLElement): Promise<void> {
  try {
    await startExplorer(root, { engine: readEngine(location.search) });
  } catch (error) {
    root.replaceChildren(faultBox(faultOf(error)));
  }
}
