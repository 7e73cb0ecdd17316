import { startExplorer } from './explorer.ts';
import { faultBox, faultOf } from './fault.ts';
import { readEngine } from './url-state.ts';

const root = document.querySelector<HTMLElement>('#app');
if (root) {
  begin(root).catch((error) => {
    root.replaceChildren(faultBox(faultOf(error)));
  });
}

async function begin(root: HTMLElement): Promise<void> {
  await startExplorer(root, { engine: readEngine(location.search) });
}
