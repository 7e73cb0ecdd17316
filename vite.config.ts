import { defineConfig, type Plugin } from 'vite';
import { workerScript } from './vite.worker-script.ts';

// The page: index.html, loading src/app/main.ts.
export default defineConfig({
  base: './',
  plugins: [workerScript(), preload('create-cpu-engine')],
  worker: { format: 'es', plugins: () => [workerScript()] }, // one of them starts engines
  build: {
    outDir: 'dist/page',
    target: 'es2023',
    chunkSizeWarningLimit: 1200, // three.js is most of it, and all of it is needed at once
  },
});

/** Lets the browser fetch what draws the first picture together with the page's own script, which asks for it. */
function preload(name: string): Plugin {
  return {
    name: 'preload',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const named = chunks.filter((chunk) => chunk.name === name);
        const needed = new Set(named.flatMap(({ fileName, imports }) => [fileName, ...imports]));
        return chunks
          .filter(({ fileName, isEntry }) => needed.has(fileName) && !isEntry)
          .map(({ fileName }) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` },
            injectTo: 'head' as const,
          }));
      },
    },
  };
}
