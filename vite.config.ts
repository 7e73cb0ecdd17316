import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';
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

/**
 * Lets the browser fetch what the page's own small script asks for together with that script.
 *
 * @param names of chunks, what is needed first first: a browser has few connections to a server of HTTP/1.1.
 */
function preload(...names: readonly string[]): Plugin {
  return {
    name: 'preload',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const named = names.flatMap((name) => chunks.filter((chunk) => chunk.name === name));
        const needed = new Set(named.flatMap(({ fileName, imports }) => [fileName, ...imports]));
        return [...needed]
          .flatMap((needs) => chunks.filter(({ fileName }) => fileName === needs))
          .filter(({ isEntry }) => !isEntry)
          .flatMap(({ fileName, viteMetadata }) => [
            link('modulepreload', fileName),
            ...[...(viteMetadata?.importedCss ?? [])].map((style) => link('stylesheet', style)),
          ]);
      },
    },
  };
}

function link(rel: 'modulepreload' | 'stylesheet', fileName: string): HtmlTagDescriptor {
  return {
    tag: 'link',
    attrs: { rel, crossorigin: true, href: `./${fileName}` },
    injectTo: 'head',
  };
}
