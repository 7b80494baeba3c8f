// TMX (Tiled's XML) into the shape of Tiled's JSON, so that one reader serves both. Browser only: uses DOMParser.

type Json = Record<string, unknown>;

const kPlainNumber = /^-?\d+(\.\d+)?$/;

export function mapJsonFromXml(text: string): Json {
  const root = rootOf(text, 'map');
  return {
    ...attributes(root),
    infinite: root.getAttribute('infinite') === '1',
    tilesets: children(root, 'tileset').map(tilesetJson),
    layers: layersJson(root),
  };
}

export function tilesetJsonFromXml(text: string): Json {
  return tilesetJson(rootOf(text, 'tileset'));
}

function rootOf(text: string, tag: string): Element {
  const root = new DOMParser().parseFromString(text, 'application/xml').documentElement;
  if (root.tagName !== tag) throw new Error(`expected <${tag}>, found <${root.tagName}>`);
  return root;
}

function layersJson(parent: Element): Json[] {
  return [...parent.children].flatMap((element) => {
    if (element.tagName === 'layer') return [tileLayerJson(element)];
    if (element.tagName === 'objectgroup') return [objectLayerJson(element)];
    if (element.tagName === 'group') return [{ ...common(element), type: 'group', layers: layersJson(element) }];
    return [];
  });
}

function common(element: Element): Json {
  return {
    ...attributes(element),
    visible: element.getAttribute('visible') !== '0',
    properties: propertiesJson(element),
  };
}

function tileLayerJson(element: Element): Json {
  const data = children(element, 'data')[0];
  const tiles = data ? children(data, 'tile').map((tile) => Number(tile.getAttribute('gid') ?? 0)) : [];
  return {
    ...common(element),
    type: 'tilelayer',
    encoding: data?.getAttribute('encoding') ?? '',
    compression: data?.getAttribute('compression') ?? '',
    data: data?.hasAttribute('encoding') ? (data.textContent ?? '') : tiles,
  };
}

function objectLayerJson(element: Element): Json {
  return { ...common(element), type: 'objectgroup', objects: children(element, 'object').map(objectJson) };
}

function objectJson(element: Element): Json {
  const polygon = children(element, 'polygon')[0]?.getAttribute('points');
  return {
    ...common(element),
    ellipse: children(element, 'ellipse').length > 0,
    ...(polygon ? { polygon: points(polygon) } : {}),
  };
}

function points(text: string): { x: number; y: number }[] {
  return text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [x, y] = pair.split(',').map(Number);
      return { x, y };
    });
}

function tilesetJson(element: Element): Json {
  return {
    ...attributes(element),
    image: children(element, 'image')[0]?.getAttribute('source') ?? '',
    tiles: children(element, 'tile').map((tile) => ({
      id: Number(tile.getAttribute('id')),
      properties: propertiesJson(tile),
      animation: children(tile, 'animation').flatMap((list) => children(list, 'frame').map(attributes)),
      objectgroup: {
        objects: children(tile, 'objectgroup').flatMap((group) => children(group, 'object').map(objectJson)),
      },
    })),
  };
}

function propertiesJson(element: Element): Json[] {
  return children(element, 'properties')
    .flatMap((list) => children(list, 'property'))
    .map((property) => {
      const text = property.getAttribute('value') ?? property.textContent ?? '';
      const type = property.getAttribute('type') ?? 'string';
      return {
        name: property.getAttribute('name'),
        value: type === 'bool' ? text === 'true' : type === 'string' ? text : Number(text),
      };
    });
}

/** Attributes by name; what looks like a number becomes one, except names. */
function attributes(element: Element): Json {
  const result: Json = {};
  for (const { name, value } of element.attributes) {
    result[name] = name !== 'name' && kPlainNumber.test(value) ? Number(value) : value;
  }
  return result;
}

function children(parent: Element, tag: string): Element[] {
  return [...parent.children].filter((element) => element.tagName === tag);
}
