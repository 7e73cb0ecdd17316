import { defineConfig } from 'vite';
import { workerScript } from './vite.worker-script.ts';

// The page: index.html, loading src/app/main.ts.
export default defineConfig({
  base: './',
  plugins: [workerScript()],
  worker: { format: 'es', plugins: () => [workerScript()] }, // one of them starts engines
  build: {
    outDir: 'dist/page',
    target: 'es2023',
    chunkSizeWarningLimit: 1200, // three.js is most of it, and all of it is needed at once
  },
});
