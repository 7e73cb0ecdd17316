import type { Darkroom } from './darkroom.ts';
import { jsonOf, npzOf, pngOf, save } from './download.ts';
import type { Status } from './status.ts';
import type { LinkState } from './url-state.ts';

/** Puts the address, which holds the whole state, on the clipboard. */
export async function copyLink(status: Status): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    status.say('Link copied');
  } catch {
    status.say('This browser does not let the link be copied from here; it is in the address bar');
  }
}

/** Saves the picture, its counts or its spec; a picture that is being computed is waited for. */
export async function download(
  kind: 'png' | 'npz' | 'json',
  { request, look }: LinkState,
  darkroom: Darkroom,
  status: Status,
): Promise<void> {
  if (kind === 'json') return save(jsonOf(request.spec));
  status.say('Saving as soon as the picture is done');
  try {
    const result = await darkroom.result();
    const file = kind === 'png' ? pngOf(request, result, look) : npzOf(result);
    save(file);
    status.say(`Saved ${file.name}`);
  } catch (error) {
    const isAborted = error instanceof DOMException && error.name === 'AbortError';
    if (!isAborted) throw error;
    status.say('Not saved: another picture was begun');
  }
}
