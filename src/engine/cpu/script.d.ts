/** The text of a classic script bundled from a file; `vite.worker-script.ts` at the top makes it. */
declare module '*?script' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: like Vite's own ?raw and ?url
  export default text;
}
