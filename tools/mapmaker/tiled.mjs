// Writes what the Tiled editor reads: https://doc.mapeditor.org/en/stable/reference/.
import zlib from 'node:zlib';
import { kColumns, kTile } from './tileset.mjs';

const kVersion = '1.10';
const kTiledVersion = '1.10.2';
const kDrawnOver = ['above', 'canopy'];

/** Layers in drawing order: what lies under the players, the objects, what lies over them. */
function ordered(map) {
  const names = [...map.layers.keys()];
  const groups = [...new Set(map.objects.map((object) => object.group))];
  const under = names.filter((name) => !kDrawnOver.includes(name)).map((name) => ({ kind: 'tiles', name }));
  const over = names.filter((name) => kDrawnOver.includes(name)).map((name) => ({ kind: 'tiles', name }));
  return [...under, ...groups.map((name) => ({ kind: 'objects', name })), ...over];
}

/** JSON with arrays of numbers as rows of `columns`, everything else indented. */
function rowsOfNumbers(json, columns) {
  return json.replace(/"data": \[([\s\d,]+)\]/g, (_, numbers) => {
    const all = numbers.split(',').map((number) => number.trim());
    const rows = [];
    for (let i = 0; i < all.length; i += columns) rows.push('    ' + all.slice(i, i + columns).join(','));
    return `"data": [\n${rows.join(',\n')}\n   ]`;
  });
}

function jsonProperties(properties) {
  const list = Object.entries(properties).map(([name, value]) => ({ name, type: typeof value === 'number' ? 'int' : 'string', value }));
  return list.length > 0 ? { properties: list } : {};
}

function jsonObject(object, id) {
  const { name, type, x, y, width, height, polyline } = object;
  const shape = polyline ? { polyline } : {};
  return { height, id, name, ...shape, ...jsonProperties(object.properties), rotation: 0, type, visible: true, width, x, y };
}

function jsonTile({ id, blocked, walls }) {
  const tile = { id };
  if (walls.length > 0) {
    const objects = walls.map(([x, y, width, height], i) => jsonObject({ name: '', type: '', x, y, width, height, properties: {} }, i + 1));
    tile.objectgroup = { draworder: 'index', name: '', objects, opacity: 1, type: 'objectgroup', visible: true, x: 0, y: 0 };
  }
  if (blocked) tile.properties = [{ name: 'blocked', type: 'bool', value: true }];
  return tile;
}

export function tilesetJson(tileset, image) {
  return {
    columns: kColumns, image, imageheight: tileset.rows * kTile, imagewidth: kColumns * kTile, margin: 0, name: 'tiles', spacing: 0,
    tilecount: tileset.rows * kColumns, tiledversion: kTiledVersion, tileheight: kTile, tilewidth: kTile, tiles: tileset.details().map(jsonTile),
  };
}

/** The map with its tileset inside, or beside it when `tilesetFile` names one. */
export function mapJson(map, tileset, image, tilesetFile = null) {
  let nextObject = 1;
  const layers = ordered(map).map(({ kind, name }, i) => {
    const common = { id: i + 1, name, opacity: 1, visible: true, x: 0, y: 0 };
    if (kind === 'tiles') return { ...common, data: map.layers.get(name), height: map.height, type: 'tilelayer', width: map.width };
    const objects = map.objects.filter((object) => object.group === name).map((object) => jsonObject(object, nextObject++));
    return { ...common, draworder: 'topdown', objects, type: 'objectgroup' };
  });
  const { tiledversion, ...embedded } = tilesetJson(tileset, image);
  const used = tilesetFile ? { firstgid: 1, source: tilesetFile } : { firstgid: 1, ...embedded };
  const document = {
    compressionlevel: -1, height: map.height, infinite: false, layers, nextlayerid: layers.length + 1, nextobjectid: nextObject,
    orientation: 'orthogonal', renderorder: 'right-down', tiledversion, tileheight: kTile, tilesets: [used],
    tilewidth: kTile, type: 'map', version: kVersion, width: map.width,
  };
  return rowsOfNumbers(JSON.stringify(document, null, 1), map.width) + '\n';
}

const escaped = (text) => String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const attributes = (list) => Object.entries(list).map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');

function xmlProperties(properties, indent) {
  const entries = Object.entries(properties);
  if (entries.length === 0) return '';
  const lines = entries.map(([name, value]) => `${indent} <property${attributes({ name, ...(typeof value === 'number' ? { type: 'int' } : typeof value === 'boolean' ? { type: 'bool' } : {}), value })}/>\n`);
  return `${indent}<properties>\n${lines.join('')}${indent}</properties>\n`;
}

function xmlObject(object, id) {
  const { name, type, x, y, width, height, polyline } = object;
  const size = polyline ? {} : { width, height };
  const head = `  <object${attributes({ id, ...(name ? { name } : {}), ...(type ? { type } : {}), x, y, ...size })}`;
  const points = polyline?.map((point) => `${point.x},${point.y}`).join(' ');
  const inner = xmlProperties(object.properties, '   ') + (points ? `   <polyline${attributes({ points })}/>\n` : '');
  return inner ? `${head}>\n${inner}  </object>\n` : `${head}/>\n`;
}

export function tilesetXml(tileset, image) {
  let text = `<?xml version="1.0" encoding="UTF-8"?>\n<tileset${attributes({
    version: kVersion, tiledversion: kTiledVersion, name: 'tiles', tilewidth: kTile, tileheight: kTile, tilecount: tileset.rows * kColumns, columns: kColumns,
  })}>\n <image${attributes({ source: image, width: kColumns * kTile, height: tileset.rows * kTile })}/>\n`;
  for (const { id, blocked, walls } of tileset.details()) {
    text += ` <tile${attributes({ id })}>\n`;
    if (blocked) text += xmlProperties({ blocked: true }, '  ');
    if (walls.length > 0) {
      const objects = walls.map(([x, y, width, height], i) => ' ' + xmlObject({ x, y, width, height, properties: {} }, i + 1));
      text += `  <objectgroup draworder="index">\n${objects.join('')}  </objectgroup>\n`;
    }
    text += ' </tile>\n';
  }
  return text + '</tileset>\n';
}

export function mapXml(map, tilesetFile) {
  const layers = ordered(map);
  let nextObject = 1;
  let body = '';
  layers.forEach(({ kind, name }, i) => {
    if (kind === 'tiles') {
      const bytes = Buffer.from(Uint32Array.from(map.layers.get(name)).buffer);
      const data = zlib.deflateSync(bytes, { level: 9 }).toString('base64');
      body += ` <layer${attributes({ id: i + 1, name, width: map.width, height: map.height })}>\n  <data encoding="base64" compression="zlib">\n   ${data}\n  </data>\n </layer>\n`;
    } else {
      const objects = map.objects.filter((object) => object.group === name).map((object) => xmlObject(object, nextObject++));
      body += ` <objectgroup${attributes({ id: i + 1, name })}>\n${objects.join('')} </objectgroup>\n`;
    }
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<map${attributes({
    version: kVersion, tiledversion: kTiledVersion, orientation: 'orthogonal', renderorder: 'right-down', width: map.width, height: map.height,
    tilewidth: kTile, tileheight: kTile, infinite: 0, nextlayerid: layers.length + 1, nextobjectid: nextObject,
  })}>\n <tileset firstgid="1" source="${tilesetFile}"/>\n${body}</map>\n`;
}
