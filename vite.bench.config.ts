import { defineConfig } from 'vite';
import { workerScript } from './vite.worker-script.ts';

// The page bench.html, built beside the explorer: one build of both would cut the explorer's code into more files.
export default defineConfig({
  base: './',
  plugins: [workerScript()],
  build: {
    outDir: 'dist/page',
    emptyOutDir: false,
    target: 'es2023',
    rolldownOptions: { input: 'bench.html' },
  },
});
