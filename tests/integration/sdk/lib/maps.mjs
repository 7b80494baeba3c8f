// Small Tiled maps for tests.

const kTile = 32;

/** A pen of 12 x 12 tiles: blocked tiles all round, the players in the middle. */
export function penMap() {
  const side = 12;
  const rim = (i) => i === 0 || i === side - 1;
  const data = Array.from({ length: side * side }, (_, i) => (rim(i % side) || rim(Math.floor(i / side)) ? 2 : 1));
  return JSON.stringify({
    type: 'map',
    version: '1.10',
    tiledversion: '1.10.2',
    orientation: 'orthogonal',
    renderorder: 'right-down',
    infinite: false,
    width: side,
    height: side,
    tilewidth: kTile,
    tileheight: kTile,
    nextlayerid: 3,
    nextobjectid: 2,
    layers: [
      {
        id: 1,
        type: 'tilelayer',
        name: 'ground',
        x: 0,
        y: 0,
        width: side,
        height: side,
        opacity: 1,
        visible: true,
        data,
      },
      {
        id: 2,
        type: 'objectgroup',
        name: 'places',
        x: 0,
        y: 0,
        opacity: 1,
        visible: true,
        draworder: 'topdown',
        objects: [
          {
            id: 1,
            name: 'start',
            type: 'player_spawn',
            x: 176,
            y: 176,
            width: 32,
            height: 32,
            rotation: 0,
            visible: true,
          },
        ],
      },
    ],
    tilesets: [
      {
        firstgid: 1,
        name: 'plain',
        image: 'tiles.png',
        imagewidth: 64,
        imageheight: 32,
        tilewidth: kTile,
        tileheight: kTile,
        tilecount: 2,
        columns: 2,
        margin: 0,
        spacing: 0,
        tiles: [{ id: 1, properties: [{ name: 'blocked', type: 'bool', value: true }] }],
      },
    ],
  });
}

/** Inner edges of the walls of the pen, in world units. */
export const kPen = { min: kTile, max: 11 * kTile };
