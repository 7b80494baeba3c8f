import assert from 'node:assert/strict';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { decodeLayerData } from '../src/map/layer_data.ts';
import { parseTileMap, tilesetFor } from '../src/map/tiled.ts';
import { buildWalkGrid, kBodyHalf, moveBody } from '../src/map/walk_grid.ts';

const kGids = [1, 2, 0x80000003, 0];

function bytes(): Buffer {
  const buffer = Buffer.alloc(16);
  kGids.forEach((gid, i) => buffer.writeUInt32LE(gid, i * 4));
  return buffer;
}

test('every encoding of a layer gives the same tiles', async () => {
  const forms = [
    { data: kGids },
    { data: '1,2,\n2147483651,0', encoding: 'csv' },
    { data: bytes().toString('base64'), encoding: 'base64' },
    { data: zlib.deflateSync(bytes()).toString('base64'), encoding: 'base64', compression: 'zlib' },
    { data: `\n  ${zlib.gzipSync(bytes()).toString('base64')}\n`, encoding: 'base64', compression: 'gzip' },
  ];
  for (const form of forms) assert.deepEqual([...(await decodeLayerData(form, 4))], kGids);
});

test('a layer of the wrong size or with too much behind the compression is refused', async () => {
  await assert.rejects(decodeLayerData({ data: [1, 2, 3] }, 4), /3 tiles, expected 4/);
  const bomb = zlib.deflateSync(Buffer.alloc(1 << 20)).toString('base64');
  await assert.rejects(decodeLayerData({ data: bomb, encoding: 'base64', compression: 'zlib' }, 4), /more data/);
  await assert.rejects(decodeLayerData({ data: '', encoding: 'base64', compression: 'zstd' }, 4), /zstd/);
});

function mapJson(): object {
  return {
    orientation: 'orthogonal',
    infinite: false,
    width: 4,
    height: 4,
    tilewidth: 32,
    tileheight: 32,
    layers: [
      { type: 'tilelayer', name: 'ground', data: [1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
      {
        type: 'group',
        name: 'roofs',
        layers: [{ type: 'tilelayer', name: 'above', opacity: 0.5, data: new Array(16).fill(0) }],
      },
      {
        type: 'objectgroup',
        name: 'collision',
        objects: [
          { x: 0, y: 96, width: 32, height: 32 },
          {
            x: 112,
            y: 112,
            rotation: 0,
            polygon: [
              { x: -8, y: 0 },
              { x: 8, y: 0 },
              { x: 0, y: 8 },
            ],
          },
        ],
      },
    ],
    tilesets: [{ firstgid: 1, source: 'sets/plain.tsj' }],
  };
}

const kTileset = JSON.stringify({
  tilecount: 2,
  columns: 2,
  tilewidth: 32,
  tileheight: 32,
  image: 'plain.png',
  tiles: [{ id: 1, properties: [{ name: 'blocked', type: 'bool', value: true }] }],
});

const parse = () => parseTileMap(mapJson(), 'test', async (name) => (name === 'sets/plain.tsj' ? kTileset : ''));

test('an external tileset is read, and its picture found beside it', async () => {
  const map = await parse();
  assert.equal(map.tilesets[0].imageName, 'sets/plain.png');
  assert.equal(tilesetFor(map, 2)?.firstGid, 1);
  assert.deepEqual(
    map.layers.map(({ name, above }) => [name, above]),
    [
      ['ground', false],
      ['above', true],
    ],
  );
});

test('blocked tiles, wall shapes and the rim of the map block; the rest is free', async () => {
  const grid = buildWalkGrid(await parse());
  assert.ok(!grid.fits(80, 48), 'blocked tile');
  assert.ok(!grid.fits(16, 112), 'rectangle');
  assert.ok(!grid.fits(112, 115), 'polygon');
  assert.ok(!grid.fits(2, 48), 'rim');
  assert.ok(grid.fits(48, 48));
});

test('a body stops exactly at a wall, slides along it, and never tunnels', async () => {
  const grid = buildWalkGrid(await parse());
  const stopped = moveBody(grid, { x: 40, y: 48 }, 1000, 0);
  assert.ok(Math.abs(stopped.x - (64 - kBodyHalf)) < 0.05, `${stopped.x}`);
  const slid = moveBody(grid, { x: 40, y: 40 }, 100, 9);
  assert.ok(Math.abs(slid.x - 58) < 0.05 && Math.abs(slid.y - 49) < 1e-6);
});

test('maps that cannot be drawn are refused by name', async () => {
  await assert.rejects(
    parseTileMap({ ...mapJson(), orientation: 'isometric' }, 'iso', async () => ''),
    /iso.*orthogonal/,
  );
  await assert.rejects(
    parseTileMap({ ...mapJson(), infinite: true }, 'inf', async () => ''),
    /infinite/,
  );
  await assert.rejects(
    parseTileMap({ ...mapJson(), width: 1e6, height: 1e6 }, 'big', async () => ''),
    /size/,
  );
});
