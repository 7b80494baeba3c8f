#!/usr/bin/env node
// Makes config/content/maps, the tileset's picture and both maps, and the example of docs/maps.md. Same input, same maps.
//   node tools/mapmaker/mapmaker.mjs [folder] [--render folder-for-pictures]
// With a folder everything goes there, the example too.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Canvas } from './canvas.mjs';
import { makeCaves } from './caves.mjs';
import { makeClearing } from './clearing.mjs';
import { makeMeadow } from './meadow.mjs';
import { mapJson, mapXml, tilesetXml } from './tiled.mjs';
import { addBuiltTiles } from './tiles_built.mjs';
import { addCaveTiles } from './tiles_cave.mjs';
import { addGroundTiles } from './tiles_ground.mjs';
import { addNatureTiles } from './tiles_nature.mjs';
import { kColumns, kTile, Tileset } from './tileset.mjs';

function makeTileset() {
  const tileset = new Tileset();
  addGroundTiles(tileset);
  addNatureTiles(tileset);
  addBuiltTiles(tileset);
  addCaveTiles(tileset);
  tileset.layOut();
  return tileset;
}

/** A picture of the whole map, to look at. */
function render(map, image) {
  const picture = new Canvas(map.width * kTile, map.height * kTile);
  for (const cells of map.layers.values()) {
    cells.forEach((cell, i) => {
      if (cell === 0) return;
      const column = (cell - 1) % kColumns;
      const row = Math.floor((cell - 1) / kColumns);
      picture.draw(image, column * kTile, row * kTile, kTile, kTile, (i % map.width) * kTile, Math.floor(i / map.width) * kTile);
    });
  }
  return picture;
}

function main(args) {
  const renderAt = args.indexOf('--render');
  const pictures = renderAt >= 0 ? args[renderAt + 1] : null;
  const plain = args.filter((_, i) => renderAt < 0 || (i !== renderAt && i !== renderAt + 1));
  const here = path.dirname(fileURLToPath(import.meta.url));
  const folder = plain[0] ?? path.join(here, '..', '..', 'config', 'content', 'maps');
  fs.mkdirSync(folder, { recursive: true });
  const tileset = makeTileset();
  const image = tileset.image();
  const meadow = makeMeadow(tileset);
  const caves = makeCaves(tileset);
  const files = {
    'tiles.png': image.png(),
    'tiles.tsx': tilesetXml(tileset, 'tiles.png'),
    'meadow.tmj': mapJson(meadow, tileset, 'tiles.png'),
    'caves.tmx': mapXml(caves, 'tiles.tsx'),
  };
  for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), content);
  const clearing = makeClearing(tileset);
  const examples = plain[0] ?? path.join(here, '..', '..', 'docs', 'examples', 'maps');
  fs.mkdirSync(examples, { recursive: true });
  fs.writeFileSync(path.join(examples, 'clearing.tmj'), mapJson(clearing, tileset, 'tiles.png', 'tiles.tsx'));
  if (!pictures) return;
  fs.mkdirSync(pictures, { recursive: true });
  fs.writeFileSync(path.join(pictures, 'tiles.png'), image.png());
  fs.writeFileSync(path.join(pictures, 'meadow.png'), render(meadow, image).png());
  fs.writeFileSync(path.join(pictures, 'clearing.png'), render(clearing, image).png());
  fs.writeFileSync(path.join(pictures, 'caves.png'), render(caves, image).png());
}

main(process.argv.slice(2));
