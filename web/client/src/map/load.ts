// Fetches a map, its tilesets and their pictures from the server's /maps/ folder.

import type { TileMap } from './tiled.ts';
import { parseTileMap } from './tiled.ts';
import { mapJsonFromXml } from './tmx.ts';

export interface LoadedMap {
  map: TileMap;
  images: Map<string, ImageBitmap>;
}

/** @param name  map name from the room state, for example `meadow`; tried as .tmj, then as .tmx. */
export async function loadMap(name: string): Promise<LoadedMap> {
  const json = await mapJson(name);
  const map = await parseTileMap(json, name, (file) => readText(file));
  const names = [...new Set(map.tilesets.map((tileset) => tileset.imageName).filter((image) => image !== ''))];
  const pictures = await Promise.all(names.map(readImage));
  return { map, images: new Map(names.map((image, i) => [image, pictures[i]])) };
}

async function mapJson(name: string): Promise<unknown> {
  const response = await fetch(urlOf(`${name}.tmj`));
  if (response.ok) return response.json();
  return mapJsonFromXml(await readText(`${name}.tmx`));
}

async function readText(file: string): Promise<string> {
  const response = await fetch(urlOf(file));
  if (!response.ok) throw new Error(`cannot load /maps/${file}: ${response.status}`);
  return response.text();
}

async function readImage(file: string): Promise<ImageBitmap> {
  const response = await fetch(urlOf(file));
  if (!response.ok) throw new Error(`cannot load /maps/${file}: ${response.status}`);
  return createImageBitmap(await response.blob());
}

function urlOf(file: string): string {
  return `/maps/${file.split('/').map(encodeURIComponent).join('/')}`;
}
