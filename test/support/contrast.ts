/** What a colour is on screen, and how well it is told from another: WCAG 2.2. */

const pixel = document.createElement('canvas').getContext('2d', {willReadFrequently: true})!;

/** Red, green and blue of the pixel a browser draws, 0 to 255, over what is under it. */
function drawn(colors: readonly string[]): readonly number[] {
  pixel.clearRect(0, 0, 1, 1);
  for (const color of colors) {
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
  }
  return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

function luminance(rgb: readonly number[]): number {
  const [red, green, blue] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** @param under computed colours, the last one on top */
export function contrast(color: string, ...under: readonly string[]): number {
  const [darker, lighter] = [luminance(drawn([...under, color])), luminance(drawn(under))].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}
