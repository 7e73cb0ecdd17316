// Software WebGPU from npm packages alone (linux-x64, glibc): no apt, no driver, no root.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const RTLD_NODELETE = 0x1000; // glibc <dlfcn.h>; not in os.constants.dlopen

interface Package {
  readonly root: string;
  readonly version: string;
}

/** The npm package that carries SwiftShader and Chromium, or nothing where it is not installed. */
function carrier(): Package | undefined {
  const require = createRequire(import.meta.url);
  try {
    const root = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '../..');
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    return { root, version };
  } catch {
    return undefined;
  }
}

/** Whether the software driver can be set up here: linux-x64 with the package that carries it. */
export function hasSoftwareDriver(): boolean {
  return process.platform === 'linux' && process.arch === 'x64' && carrier() !== undefined;
}

/** Writes the regular files and folders of a ustar archive into `dir`. */
function untar(tar: Buffer, dir: string): void {
  for (let at = 0; at + 512 <= tar.length; ) {
    const text = (from: number, length: number) =>
      tar.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '');
    const name = text(0, 100);
    if (!name) break;
    const size = Number.parseInt(text(124, 12), 8) || 0;
    const target = path.join(dir, name);
    if (text(156, 1) === '5' || name.endsWith('/')) mkdirSync(target, { recursive: true });
    else {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, tar.subarray(at + 512, at + 512 + size), { mode: 0o755 });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Fills `<cache>/etascope/<part>-<version>` once; the rename makes it safe for parallel processes. */
function cached(part: string, version: string, fill: (dir: string) => void): string {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(process.env.HOME ?? tmpdir(), '.cache');
  const home = path.join(cache, 'etascope');
  const final = path.join(home, `${part}-${version}`);
  if (existsSync(final)) return final;
  mkdirSync(home, { recursive: true });
  const draft = mkdtempSync(path.join(home, `.${part}-`));
  try {
    fill(draft);
    renameSync(draft, final);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(final)) throw error;
  }
  return final;
}

/** Folder of SwiftShader, its description for Vulkan's loader, and the loader; unpacked once from npm. */
export function unpackSwiftShader(): string | undefined {
  const chromium = carrier();
  if (!chromium || !hasSoftwareDriver()) return undefined;
  return cached('swiftshader', chromium.version, (draft) =>
    untar(unbrotli(chromium, 'swiftshader.tar.br'), draft),
  );
}

/**
 * Makes SwiftShader the Vulkan driver of this process; call before Dawn looks for adapters.
 *
 * @returns whether a software driver could be set up here (linux-x64 with `@sparticuz/chromium`).
 */
export function useSwiftShader(): boolean {
  const dir = unpackSwiftShader();
  if (!dir) return false;
  process.env.VK_ICD_FILENAMES = path.join(dir, 'vk_swiftshader_icd.json');
  process.env.XDG_RUNTIME_DIR ??= tmpdir(); // else Mesa's device-select layer complains aloud
  // Node closes a library that is no addon; RTLD_NODELETE keeps it, and Dawn's own
  // dlopen("libvulkan.so.1") then resolves to it by SONAME.
  const { RTLD_NOW, RTLD_GLOBAL } = constants.dlopen;
  const flags = RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE;
  try {
    process.dlopen({ exports: {} }, path.join(dir, 'libvulkan.so.1'), flags);
  } catch (error) {
    if (!/self-register/.test(String(error))) throw error;
  }
  return true;
}

// The package's own fonts.conf names folders of Lambda; a Chromium without any font dies at the first text.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** Folder of a headless Chromium with its libraries and fonts, unpacked once from npm. */
export function unpackChromium(): string | undefined {
  const chromium = carrier();
  if (!chromium) return undefined;
  return cached('chromium-with-fonts', chromium.version, (draft) => {
    writeFileSync(path.join(draft, 'chromium'), unbrotli(chromium, 'chromium.br'), { mode: 0o755 });
    for (const part of ['swiftshader', 'al2023', 'fonts']) {
      untar(unbrotli(chromium, `${part}.tar.br`), draft);
    }
    writeFileSync(path.join(draft, 'fonts', 'fonts.conf'), FONTS);
  });
}

function unbrotli({ root }: Package, name: string): Buffer {
  return brotliDecompressSync(readFileSync(path.join(root, 'bin', name)));
}
