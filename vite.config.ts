import { defineConfig, type Plugin } from 'vite';
import { workerScript } from './vite.worker-script.ts';

// The page: index.html, loading src/app/main.ts.
export default defineConfig({
  base: './',
  plugins: [workerScript(), preload('begin-page', 'create-cpu-engine', 'beside')],
  worker: { format: 'es', plugins: () => [workerScript()] }, // one of them starts engines
  build: {
    outDir: 'dist/page',
    target: 'es2023',
    chunkSizeWarningLimit: 1200, // three.js is most of it, and all of it is needed at once
  },
});

/** Lets the browser fetch what the page's own small script asks for together with that script. */
function preload(...names: readonly string[]): Plugin {
  return {
    name: 'preload',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const named = chunks.filter(({ name }) => names.includes(name));
        const needed = new Set(named.flatMap(({ fileName, imports }) => [fileName, ...imports]));
        const scripts = chunks.filter(({ fileName, isEntry }) => needed.has(fileName) && !isEntry);
        const styles = scripts.flatMap(({ viteMetadata }) => [
          ...(viteMetadata?.importedCss ?? []),
        ]);
        const link = (rel: string, href: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `./${href}` },
          injectTo: 'head' as const,
        });
        return [
          ...scripts.map(({ fileName }) => link('modulepreload', fileName)),
          ...styles.map((fileName) => link('stylesheet', fileName)),
        ];
      },
    },
  };
}
