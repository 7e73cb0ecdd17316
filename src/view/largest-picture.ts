/** Largest picture that is computed or held, in cells each way; a larger one is drawn coarser. */
export const largestPicture = { width: 3840, height: 2160 } as const;
