#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that an old one is told so instead of failing to parse.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`etascope needs Node 20.19 or newer, and this is ${process.versions.node}`);
  process.exitCode = 1;
} else {
  const cli = new URL('../dist/node/cli.js', import.meta.url);
  import(cli.href).then(
    ({ start }) => start(),
    (error) => {
      const isUnbuilt = error.code === 'ERR_MODULE_NOT_FOUND' && error.url === cli.href;
      console.error(
        isUnbuilt
          ? 'etascope is not built yet: run `npm ci` (or, with the packages there, `npm run build:node`)'
          : error,
      );
      process.exitCode = 1;
    },
  );
}
