import { defineConfig } from 'vite';

// The page: index.html, loading src/app/main.ts.
export default defineConfig({
  base: './',
  build: { outDir: 'dist/page', target: 'es2023' },
});
