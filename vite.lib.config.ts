import { defineConfig } from 'vite';
import { workerScript } from './vite.worker-script.ts';

// The library for browsers and bundlers: WGSL inside, npm dependencies outside.
export default defineConfig({
  plugins: [workerScript()],
  build: {
    outDir: 'dist/lib',
    target: 'es2023',
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index' },
    rollupOptions: { external: ['wesl', 'valibot', 'fflate', /^@noble\//] },
  },
});
