/** What is known of the devices that were asked about. */
const known = new WeakMap<GPUDevice, { reason: string | undefined }>();

/**
 * Why a device was lost; undefined while it is not. It is waited for once, for all who ask: what waits
 * for `device.lost` is held as long as the device, with all that it sees.
 */
export function lossReason(device: GPUDevice): string | undefined {
  const there = known.get(device);
  if (there) return there.reason;
  const loss: { reason: string | undefined } = { reason: undefined };
  known.set(device, loss);
  void device.lost.then(({ message }) => {
    loss.reason = message || 'no reason given';
  });
  return undefined;
}
