import path from 'node:path';
import { build, type Plugin } from 'vite';

const QUERY = '?script';

interface Script {
  readonly text: string;
  /** Every file it was made of. */
  readonly files: readonly string[];
}

/** Scripts by their entry, so that builds and test projects of one process bundle each once. */
const scripts = new Map<string, Promise<Script>>();

/**
 * `import script from './worker.ts?script'` gives the file with all it imports as the text of one
 * classic script.
 *
 * A text can start a worker anywhere: from a Blob in a page, by `eval` in Node, in the sources under
 * test, and out of a library that somebody else bundles; an URL of a file cannot.
 */
export function workerScript(): Plugin {
  return {
    name: 'worker-script',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const entry = id.slice(0, -QUERY.length);
      const made = scripts.get(entry) ?? bundle(entry);
      scripts.set(entry, made);
      const { text, files } = await made.catch((error) => {
        scripts.delete(entry);
        throw error;
      });
      for (const file of files) this.addWatchFile(file);
      return { code: `export default ${JSON.stringify(text)};`, moduleType: 'js' };
    },
    async watchChange(changed) {
      for (const [entry, made] of scripts) {
        const files = await made.then(
          (script) => script.files,
          (): readonly string[] => [], // it is bundled anew anyway
        );
        if (files.includes(changed)) scripts.delete(entry);
      }
    },
  };
}

async function bundle(entry: string): Promise<Script> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: {
        input: entry,
        external: /^node:/,
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  const chunks = [output].flat().flatMap((made) => ('output' in made ? made.output : []));
  const [chunk, ...others] = chunks;
  if (chunk?.type !== 'chunk' || others.length > 0 || chunk.imports.length > 0) {
    throw new Error(`${entry} does not bundle into one script: ${chunks.map((c) => c.fileName)}`);
  }
  const files = chunk.moduleIds.filter((id) => path.isAbsolute(id)); // the bundler has modules of its own
  return { text: chunk.code, files };
}
