const SVG = 'http://www.w3.org/2000/svg';

/** An SVG element with attributes. */
export function shape<Kind extends keyof SVGElementTagNameMap>(
  kind: Kind,
  attributes: Readonly<Record<string, number | string>>,
): SVGElementTagNameMap[Kind] {
  const element = document.createElementNS(SVG, kind);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
