import { createHeadStart } from './head-start.ts';

// The page is loaded beside this script, and begins in a task of its own: that one has run all its scripts.
const headStart = createHeadStart();
const root = document.querySelector<HTMLElement>('#app');
if (root) {
  void import('./begin-page.ts').then(({ beginPage }) => setTimeout(beginPage, 0, root, headStart));
}
