// The reference room: the workloads of bench/README.md on Colyseus, for throng-bots to measure next to throngd.
//
//   PORT=2568 THRONG_BENCH_SIDE=2890 THRONG_BENCH_MONSTERS=1000 npm start
//
// THRONG_BENCH_SIDE      side of the square in units (default 4000)
// THRONG_BENCH_MONSTERS  how many wander about (default 0)
// THRONG_BENCH_FILTER    1: each client is sent what it sees, by a StateView; 0: everybody is sent everything

import { Room, Server } from "@colyseus/core";
import { schema, StateView, t } from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";

const PORT = Number(process.env.PORT ?? 2568);
const SIDE = Number(process.env.THRONG_BENCH_SIDE ?? 4000);
const MONSTERS = Number(process.env.THRONG_BENCH_MONSTERS ?? 0);
const FILTER = process.env.THRONG_BENCH_FILTER !== "0";

const TICK_MS = 50;
const ENTER_UNITS = 256; // nearer than this must be visible
const LEAVE_UNITS = 288; // farther than this must be gone
const REFRESH_TICKS = 4; // each client's view is refreshed every so many ticks, a quarter of them at a time
const MOVE_UNITS_MAX = 32; // one move is clamped to this
const MONSTER_STEP = (40 * TICK_MS) / 1000; // 40 units a second
const CHANGE_CHANCE = 1 / 40; // per monster and tick, of hp and of state

const Entity = schema(
  {
    id: t.uint32(),
    x: t.float32(),
    y: t.float32(),
    hp: t.uint16(),
    state: t.uint8(),
    name: t.string(),
  },
  "Entity",
);

const MmoState = schema({ entities: FILTER ? t.map(Entity).view() : t.map(Entity) }, "MmoState");

const clampToSquare = (v) => Math.min(Math.max(v, 0), SIDE - 0.01);

/** Where everybody is, in square cells as wide as a view reaches, rebuilt every tick. */
class Grid {
  constructor(side, cell) {
    this.cell = cell;
    this.columns = Math.max(1, Math.ceil(side / cell));
    this.cells = Array.from({ length: this.columns * this.columns }, () => []);
  }

  column(v) {
    return Math.min(this.columns - 1, Math.max(0, Math.floor(v / this.cell)));
  }

  cellAt(x, y) {
    return this.cells[this.column(y) * this.columns + this.column(x)];
  }

  rebuild(entities) {
    for (const cell of this.cells) cell.length = 0;
    for (const entity of entities) this.cellAt(entity.x, entity.y).push(entity);
  }

  forEachNear(x, y, visit) {
    const left = Math.max(0, this.column(x) - 1);
    const right = Math.min(this.columns - 1, this.column(x) + 1);
    const bottom = Math.min(this.columns - 1, this.column(y) + 1);
    for (let row = Math.max(0, this.column(y) - 1); row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const cell = this.cells[row * this.columns + column];
        for (let i = 0; i < cell.length; i++) visit(cell[i]);
      }
    }
  }
}

class MmoRoom extends Room {
  maxClients = Infinity;
  patchRate = TICK_MS;
  state = new MmoState();

  all = []; // every entity; iterating a MapSchema each tick would cost more
  monsters = [];
  grid = new Grid(SIDE, ENTER_UNITS);
  tick = 0;
  nextId = 1;
  nextPhase = 0;

  messages = {
    move: (client, { x, y }) => {
      if (!Number.isFinite(x) || !Number.isFinite(y)) return;
      const entity = client.userData.entity;
      const dx = clampToSquare(x) - entity.x;
      const dy = clampToSquare(y) - entity.y;
      const distance = Math.hypot(dx, dy);
      const share = distance > MOVE_UNITS_MAX ? MOVE_UNITS_MAX / distance : 1;
      entity.x += dx * share;
      entity.y += dy * share;
    },
  };

  onCreate() {
    for (let i = 0; i < MONSTERS; i++) {
      const monster = this.spawn(`m${i}`, Math.random() * SIDE, Math.random() * SIDE, "wolf");
      this.monsters.push({ entity: monster, heading: Math.random() * 2 * Math.PI });
    }
    this.setSimulationInterval(() => this.step(), TICK_MS);
  }

  onJoin(client, options) {
    const x = clampToSquare(Number(options?.x) || 0);
    const y = clampToSquare(Number(options?.y) || 0);
    const entity = this.spawn(client.sessionId, x, y, `player ${this.nextId}`);
    client.userData = { entity, seen: new Set(), phase: this.nextPhase++ % REFRESH_TICKS };
    if (FILTER) {
      client.view = new StateView();
      client.userData.seen.add(entity);
      client.view.add(entity);
      this.refreshView(client); // the grid is at most a tick old, which is good enough here
    }
  }

  onLeave(client) {
    const { entity } = client.userData;
    for (const other of this.clients) other.userData?.seen.delete(entity);
    this.all.splice(this.all.indexOf(entity), 1);
    this.state.entities.delete(client.sessionId);
    client.view?.dispose();
  }

  spawn(key, x, y, name) {
    const entity = new Entity();
    entity.assign({ id: this.nextId++, x, y, hp: 100, state: 0, name });
    this.state.entities.set(key, entity);
    this.all.push(entity);
    return entity;
  }

  step() {
    this.tick++;
    for (const monster of this.monsters) this.wander(monster);
    if (!FILTER) return;
    this.grid.rebuild(this.all);
    for (const client of this.clients) {
      if (client.userData && (this.tick + client.userData.phase) % REFRESH_TICKS === 0) this.refreshView(client);
    }
  }

  wander(monster) {
    const { entity } = monster;
    monster.heading += (Math.random() - 0.5) * 0.4;
    const x = entity.x + Math.cos(monster.heading) * MONSTER_STEP;
    const y = entity.y + Math.sin(monster.heading) * MONSTER_STEP;
    if (x < 0 || y < 0 || x >= SIDE || y >= SIDE) {
      monster.heading += Math.PI;
    } else {
      entity.x = x;
      entity.y = y;
    }
    if (Math.random() < CHANGE_CHANCE) entity.hp = 1 + Math.floor(Math.random() * 100);
    if (Math.random() < CHANGE_CHANCE) entity.state = Math.floor(Math.random() * 8);
  }

  refreshView(client) {
    const { entity: self, seen } = client.userData;
    for (const entity of seen) {
      const dx = entity.x - self.x;
      const dy = entity.y - self.y;
      if (dx * dx + dy * dy <= LEAVE_UNITS * LEAVE_UNITS) continue;
      seen.delete(entity);
      client.view.remove(entity);
    }
    this.grid.forEachNear(self.x, self.y, (entity) => {
      const dx = entity.x - self.x;
      const dy = entity.y - self.y;
      if (dx * dx + dy * dy >= ENTER_UNITS * ENTER_UNITS || seen.has(entity)) return;
      seen.add(entity);
      client.view.add(entity);
    });
  }
}

/** For the cost of a connection that does nothing: no state, no ticks. */
class IdleRoom extends Room {
  maxClients = Infinity;
  patchRate = null;
}

const server = new Server({ transport: new WebSocketTransport(), greet: false });
server.define("mmo", MmoRoom);
server.define("idle", IdleRoom);
await server.listen(PORT, "127.0.0.1");
console.log(`colyseus: listening on 127.0.0.1:${PORT}`);
