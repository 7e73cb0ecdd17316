import { startExplorer } from './explorer.ts';
import { faultBox, faultOf } from './fault.ts';

const root = document.querySelector<HTMLElement>('#app');
if (root) {
  startExplorer(root, navigator.gpu).catch((error) => {
    root.replaceChildren(faultBox(faultOf(error)));
  });
}
