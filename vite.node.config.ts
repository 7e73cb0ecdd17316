import { defineConfig } from 'vite';
import { workerScript } from './vite.worker-script.ts';

// The command and the library for Node: two entries over shared chunks, so that the command can
// answer --help without loading the library. npm packages stay outside; shaders are inlined.
export default defineConfig({
  logLevel: 'warn', // stdout belongs to the command that is run after the build
  plugins: [workerScript()],
  build: {
    ssr: true,
    outDir: 'dist/node',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { cli: 'src/cli/main.ts', node: 'src/node/index.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
