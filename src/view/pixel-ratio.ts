/** Calls back when the page moves to a screen of other density, until the returned function is called. */
export function onPixelRatio(callback: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const watch = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const onChange = () => {
      callback();
      watch(); // a query is about one density
    };
    query.addEventListener('change', onChange, { signal, once: true });
  };
  watch();
  return () => controller.abort();
}
