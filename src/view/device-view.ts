import { texture, uv, vec2, vec4 } from 'three/tsl';
import {
  Color,
  DataTexture,
  ExternalTexture,
  FloatType,
  LinearSRGBColorSpace,
  Mesh,
  NearestFilter,
  NodeMaterial,
  NoToneMapping,
  OrthographicCamera,
  PlaneGeometry,
  RedFormat,
  Scene,
  WebGPURenderer,
} from 'three/webgpu';
import type { DensityView } from './density-view.ts';

const ENTRIES = 256; // of a colormap

/** Draws tones that are on the device already, without readback. */
export interface DeviceView extends DensityView {
  /**
   * Shows the tones in `tones`, which stays the caller's; it may be destroyed once another is shown.
   * What was submitted to the device's queue before a `render` is seen.
   *
   * @param tones format `r32float`, usage `TEXTURE_BINDING`; row 0 is drawn at the bottom.
   */
  show(tones: GPUTexture): void;
}

/**
 * A view drawn by three.js on a device of ours.
 *
 * Colours are the table's sRGB bytes unchanged: nothing is decoded, so nothing is encoded again.
 */
export async function createDeviceView(device: GPUDevice): Promise<DeviceView> {
  const canvas = document.createElement('canvas');
  const renderer = new WebGPURenderer({
    canvas,
    device,
    alpha: false,
    antialias: false,
    depth: false,
  });
  renderer.outputColorSpace = LinearSRGBColorSpace;
  renderer.toneMapping = NoToneMapping;
  renderer.onDeviceLost = () => {}; // whoever owns the device says so
  renderer.setPixelRatio(1);
  await renderer.init();

  const shown = new ExternalTexture();
  shown.type = FloatType; // decides the binding's sample type
  shown.format = RedFormat;
  shown.minFilter = NearestFilter;
  shown.magFilter = NearestFilter;
  shown.generateMipmaps = false;
  const table = new DataTexture(new Uint8Array(4 * ENTRIES), ENTRIES, 1); // nearest, no colour space

  const entry = texture(shown, uv())
    .r.mul(ENTRIES - 1)
    .round();
  const colour = texture(table, vec2(entry.add(0.5).div(ENTRIES), 0.5));
  const material = new NodeMaterial();
  material.fragmentNode = vec4(colour.rgb, 1);
  material.depthTest = false;
  material.depthWrite = false;

  const geometry = new PlaneGeometry(1, 1).translate(0.5, 0.5, 0);
  const picture = new Mesh(geometry, material);
  picture.visible = false;
  const scene = new Scene().add(picture);
  const camera = new OrthographicCamera(0, 1, 1, 0, -1, 1);

  return {
    canvas,
    show(tones) {
      shown.dispose(); // makes three bind the next one
      shown.sourceTexture = tones;
      picture.visible = true;
    },
    place(across, up) {
      picture.position.set(across.offset, up.offset, 0);
      picture.scale.set(across.length, up.length, 1);
    },
    paint(colours) {
      const { data } = table.image as { data: Uint8Array }; // the array given above
      for (let index = 0; index < ENTRIES; index++) {
        data.set(colours.subarray(3 * index, 3 * index + 3), 4 * index);
        data[4 * index + 3] = 255;
      }
      table.needsUpdate = true;
      const [red = 0, green = 0, blue = 0] = colours; // of no visits, as beyond the picture
      renderer.setClearColor(
        new Color().setRGB(red / 255, green / 255, blue / 255, LinearSRGBColorSpace),
      );
    },
    resize(width, height) {
      renderer.setSize(width, height, false);
    },
    render() {
      renderer.render(scene, camera);
    },
    async dispose() {
      shown.dispose();
      table.dispose();
      material.dispose();
      geometry.dispose();
      await renderer.dispose();
    },
  };
}
