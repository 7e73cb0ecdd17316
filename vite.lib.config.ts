import { defineConfig } from 'vite';

// The library for browsers and bundlers: WGSL inside, npm dependencies outside.
export default defineConfig({
  build: {
    outDir: 'dist/lib',
    target: 'es2023',
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index' },
    rollupOptions: { external: ['wesl', 'valibot', 'fflate', /^@noble\//] },
  },
});
