// Tile layer data in every form that Tiled writes, except zstd, which browsers cannot unpack.

interface LayerJson {
  name?: string;
  data?: number[] | string;
  encoding?: string;
  compression?: string;
}

const kFormats: Record<string, CompressionFormat> = { zlib: 'deflate', gzip: 'gzip' };

/** The raw global tile ids of a layer. Throws when the data is not exactly `count` tiles. */
export async function decodeLayerData(layer: LayerJson, count: number): Promise<Uint32Array> {
  const gids = await decode(layer, count);
  if (gids.length !== count) throw new Error(`layer ${layer.name}: ${gids.length} tiles, expected ${count}`);
  return gids;
}

async function decode(layer: LayerJson, count: number): Promise<Uint32Array> {
  if (Array.isArray(layer.data)) return Uint32Array.from(layer.data);
  const text = String(layer.data ?? '').trim();
  if (layer.encoding === 'csv') return Uint32Array.from(text.split(','), Number);
  const packed = Uint8Array.from(atob(text.replace(/\s+/g, '')), (letter) => letter.charCodeAt(0));
  return toWords(layer.compression ? await inflate(packed, layer, count * 4) : packed);
}

async function inflate(packed: Uint8Array<ArrayBuffer>, layer: LayerJson, sizeMax: number): Promise<Uint8Array> {
  const format = kFormats[layer.compression ?? ''];
  if (!format) throw new Error(`layer ${layer.name}: compression ${layer.compression} cannot be read in a browser`);
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const bytes = new Uint8Array(sizeMax);
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, size);
    if (size + value.length > sizeMax) throw new Error(`layer ${layer.name}: more data than tiles`);
    bytes.set(value, size);
    size += value.length;
  }
}

function toWords(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Uint32Array(bytes.byteLength >> 2);
  for (let i = 0; i < words.length; ++i) words[i] = view.getUint32(i * 4, true);
  return words;
}
