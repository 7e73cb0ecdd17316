/** Opens files: dropped anywhere on the page, or chosen. */
export interface FileSource {
  /** Asks for a file with the browser's own dialogue. */
  choose(): void;
}

/**
 * Listens for files dropped on the page, until `signal` is aborted.
 *
 * @param target is marked `is-target` while a file hangs over the page.
 */
export function listenToFiles(
  target: HTMLElement,
  open: (file: File) => void,
  signal: AbortSignal,
): FileSource {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,.npz,.png';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    input.value = ''; // so that the same file can be chosen again
    if (file) open(file);
  });
  const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener(
    'dragover',
    (event) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      target.classList.add('is-target');
    },
    { signal },
  );
  document.addEventListener(
    'dragleave',
    (event) => {
      if (event.relatedTarget === null) target.classList.remove('is-target');
    },
    { signal },
  );
  document.addEventListener(
    'drop',
    (event) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      target.classList.remove('is-target');
      const [file] = event.dataTransfer?.files ?? [];
      if (file) open(file);
    },
    { signal },
  );
  return { choose: () => input.click() };
}
