// The page as a whole: takes what the session says into the scene, moves and paints it once a frame.

import { Controls } from './input/controls.ts';
import { loadMap } from './map/load.ts';
import { WalkGrid, buildWalkGrid } from './map/walk_grid.ts';
import type { Connection } from './net/session.ts';
import { Session } from './net/session.ts';
import type { ChatLine, WorldState } from './net/state.ts';
import { Camera } from './render/camera.ts';
import { MapPainter } from './render/map_painter.ts';
import { Minimap } from './render/minimap.ts';
import { Renderer } from './render/renderer.ts';
import { CombatText } from './render/combat_text.ts';
import { Catalogue, readable } from './play/catalogue.ts';
import { lootText, progressText } from './play/news.ts';
import { Play } from './play/play.ts';
import { BagPanel } from './ui/bag_panel.ts';
import { Chat } from './ui/chat.ts';
import { EventList } from './ui/event_list.ts';
import { Hud, element } from './ui/hud.ts';
import { PersonBox } from './ui/person_box.ts';
import { QuestList } from './ui/quest_list.ts';
import { SkillBar } from './ui/skill_bar.ts';
import { Vitals } from './ui/vitals.ts';
import { Prediction } from './world/prediction.ts';
import type { Body } from './world/scene.ts';
import { Scene } from './world/scene.ts';
import { SnapshotClock } from './world/snapshot_clock.ts';
import { kRenderDelayMs } from './world/track.ts';

/** While walking the direction is repeated this often, in milliseconds. */
const kMoveRepeatMs = 100;

/** Length of a server tick in milliseconds until two patches have shown it. */
const kTickMs = 50;

/** How long speech stays over a head, in milliseconds. */
const kBubbleMs = 5000;

/** The minimap is repainted at this interval, in milliseconds. */
const kMinimapMs = 100;

export class Game {
  readonly scene = new Scene();
  readonly session: Session;
  readonly camera = new Camera();
  prediction: Prediction | null = null;
  private readonly canvas = element('world') as HTMLCanvasElement;
  private readonly renderer = new Renderer(this.canvas);
  private readonly minimap = new Minimap(element('minimap') as HTMLCanvasElement);
  private readonly hud = new Hud();
  private readonly eventList = new EventList();
  private readonly chat: Chat;
  private readonly controls: Controls;
  readonly play: Play;
  private readonly catalogue = new Catalogue();
  private readonly numbers = new CombatText();
  private readonly vitals = new Vitals(this.catalogue);
  private readonly questList = new QuestList(this.catalogue);
  private readonly skillBar: SkillBar;
  private readonly bag: BagPanel;
  private readonly person: PersonBox;
  private readonly clock = new SnapshotClock();
  private painter: MapPainter | null = null;
  private grid: WalkGrid | null = null;
  private mapName = '';
  private lastFrame = 0;
  private lastMove = { x: 0, y: 0, at: 0 };
  private lastMinimap = 0;
  private framesPerSecond = 60;
  private errandGoal: { x: number; y: number } | null = null;

  constructor(endpoint: string) {
    this.session = new Session(endpoint, {
      joined: (state) => void this.joined(state),
      patched: (state) => this.patched(state),
      chat: (message) => this.heard(message),
      talk: (npc, line) => this.person.say(npc, line),
      progress: (news) => this.tell(progressText(news, this.catalogue)),
      loot: (news) => this.tell(lootText(news, this.catalogue)),
      notice: (text) => this.chat.add('notice', '', text),
      worldEvents: (running) => this.eventList.show(running),
      connection: (state, detail) => this.connection(state, detail),
    });
    this.chat = new Chat((message) => this.session.send('chat', { message }));
    this.controls = new Controls(this.canvas, {
      zoom: (factor) => this.camera.zoomBy(factor),
      toWorld: (x, y) => this.camera.toWorld(x, y),
      chat: () => this.chat.open(),
      click: (at) => this.play.click(at),
      key: (code) => this.key(code),
    });
    this.play = new Play(this.session, this.scene, this.catalogue, { talk: (npc) => this.person.open(npc) });
    this.skillBar = new SkillBar(this.catalogue, (skill) => this.cast(skill));
    this.bag = this.makeBag();
    this.person = this.makePerson();
    this.scene.onHealth = (body, change) => {
      const self = body.kind === 'player' && body.key === this.sessionId;
      if (change < 0 || change >= 5) this.numbers.add(change, self, body.track.x, body.track.y, performance.now());
    };
    this.hud.onAgain(() => location.reload());
    this.resize();
    window.addEventListener('resize', () => this.resize());
  }

  start(): void {
    const step = (now: number) => {
      this.frame(now);
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  get sessionId(): string {
    return this.session.room?.sessionId ?? '';
  }

  get mapReady(): boolean {
    return this.grid !== null && this.mapName === this.session.state?.map;
  }

  private makeBag(): BagPanel {
    return new BagPanel(this.catalogue, {
      use: (itemId) => this.session.send('use', { itemId }),
      equip: (itemId) => this.session.send('equip', { itemId }),
      unequip: (slot) => this.session.send('unequip', { slot }),
      sell: (slot) => this.session.send('shop', { npcId: this.person.npc, action: 'sell', slot }),
    });
  }

  private makePerson(): PersonBox {
    return new PersonBox(this.catalogue, {
      quest: (questId, action) => this.session.send('quest', { questId, action }),
      buy: (npcId, itemId) => this.session.send('shop', { npcId, action: 'buy', itemId, count: 1 }),
      opened: (hasShop) => {
        this.bag.selling = hasShop;
        if (hasShop) this.bag.open();
      },
      closed: () => (this.bag.selling = false),
    });
  }

  private key(code: string): boolean {
    const at = this.prediction?.drawn;
    if (!at) return false;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
    if (digit) this.cast(this.skillBar.at(Number(digit[1])));
    else if (code === 'KeyB' || code === 'KeyI') this.bag.toggle();
    else if (code === 'KeyF' || code === 'Space') this.play.pickUpNearest(at);
    else if (code === 'Tab') this.play.nextTarget(at);
    else if (code === 'Escape') {
      this.person.close();
      this.bag.close();
      this.play.target = null;
    } else return false;
    return true;
  }

  private cast(skill: string | undefined): void {
    const at = this.prediction?.drawn;
    if (skill && at) this.play.cast(skill, at);
  }

  private tell(text: string): void {
    if (text !== '') this.chat.add('notice', '', text);
  }

  private nameOf(body: Body): string {
    const { entity } = body;
    if (body.kind === 'drop') return entity.kind === 'coins' ? 'Coins' : this.catalogue.itemName(entity.kind ?? '');
    if (body.kind !== 'monster') return entity.name || readable(entity.kind ?? '');
    return `${this.catalogue.monsterName(entity.kind ?? '')} ${entity.level ?? ''}`.trim();
  }

  private async joined(state: WorldState): Promise<void> {
    this.person.sessionId = this.sessionId;
    await this.catalogue.load().catch(() => undefined);
    this.scene.clear();
    this.clock.reset();
    this.prediction = null;
    this.hud.show();
    this.patched(state);
    if (state.map === this.mapName) return;
    this.mapName = state.map;
    try {
      const loaded = await loadMap(state.map);
      this.painter = new MapPainter(loaded);
      this.minimap.setMap(this.painter);
      this.useGrid(buildWalkGrid(loaded.map));
    } catch (error) {
      this.chat.add('notice', '', `The map could not be loaded: ${String(error)}`);
    }
  }

  private useGrid(grid: WalkGrid): void {
    this.grid = grid;
    const me = this.session.state?.me;
    if (me && this.prediction) this.prediction.restart(grid, me, me.speed);
  }

  private patched(state: WorldState): void {
    const now = performance.now();
    this.clock.add(state.serverTime, now);
    this.scene.update(state, now);
    const { me } = state;
    if (!me) return;
    if (!this.prediction) {
      const grid = this.grid ?? new WalkGrid(state.width || 1, state.height || 1);
      this.prediction = new Prediction(grid, { x: me.x, y: me.y }, me.speed, kTickMs);
      this.prediction.resume(me.seq);
    }
    this.prediction.speed = me.speed;
    this.prediction.reconcile({ seq: me.seq, x: me.x, y: me.y, tick: state.tick }, now);
  }

  private heard(message: ChatLine): void {
    this.chat.add('chat', message.name, message.message);
    for (const body of this.scene.bodies.values()) {
      if (body.kind === 'player' && (body.key === message.from || body.entity.name === message.name)) {
        body.bubble = { text: message.message, until: performance.now() + kBubbleMs };
        return;
      }
    }
  }

  private connection(state: Connection, detail: string): void {
    this.hud.connection(state, detail);
    if (state !== 'online') this.controls.release();
  }

  private frame(now: number): void {
    const seconds = Math.min(0.1, Math.max(0, (now - this.lastFrame) / 1000));
    this.lastFrame = now;
    if (seconds > 0) this.framesPerSecond += (1 / seconds - this.framesPerSecond) * 0.05;
    const clockNow = performance.now();
    this.walk(seconds, clockNow);
    this.scene.advance(this.clock.serverNow(clockNow) - kRenderDelayMs, clockNow);
    this.look(seconds);
    this.renderer.draw({
      scene: this.scene,
      prediction: this.prediction,
      sessionId: this.sessionId,
      painter: this.painter,
      camera: this.camera,
      now: clockNow,
      target: this.errandGoal ? null : this.controls.target,
      foe: this.play.target,
      numbers: this.numbers,
      nameOf: (body) => this.nameOf(body),
    });
    this.drawPanels(clockNow);
  }

  /** Sends the direction when it changes and repeats it while walking; then predicts. */
  private walk(seconds: number, now: number): void {
    const { prediction } = this;
    if (!prediction) return;
    this.runErrand(prediction.drawn);
    const wish = this.controls.direction(prediction.drawn, now);
    const changed = wish.x !== this.lastMove.x || wish.y !== this.lastMove.y;
    const walking = wish.x !== 0 || wish.y !== 0;
    if (changed || (walking && now - this.lastMove.at >= kMoveRepeatMs)) {
      this.lastMove = { x: wish.x, y: wish.y, at: now };
      this.session.send('move', { x: wish.x, y: wish.y, seq: prediction.input(wish.x, wish.y, now) });
    }
    prediction.advance(seconds);
  }

  /** Keys win; else we walk to whom we want something from. */
  private runErrand(at: { x: number; y: number }): void {
    this.play.tidy();
    if (this.controls.keysHeld) this.play.forgetErrand();
    const before = this.errandGoal;
    this.errandGoal = this.play.errandTarget(at);
    if (this.errandGoal) this.controls.target = this.errandGoal;
    else if (before) this.controls.target = null;
  }

  private look(seconds: number): void {
    const width = this.painter?.width ?? this.session.state?.width ?? 1;
    const height = this.painter?.height ?? this.session.state?.height ?? 1;
    const target = this.prediction?.drawn ?? { x: width / 2, y: height / 2 };
    this.camera.follow(target, width, height, seconds);
  }

  private drawPanels(now: number): void {
    if (now - this.lastMinimap < kMinimapMs) return;
    this.lastMinimap = now;
    const state = this.session.state;
    const at = this.prediction?.drawn ?? null;
    this.minimap.draw(this.scene, at, this.sessionId);
    if (!state?.players) return;
    if (state.me) {
      this.vitals.update(state, state.players.get(this.sessionId), this.play.target, kTickMs);
      this.skillBar.update(state, kTickMs);
      this.questList.update(state);
      this.bag.update(state);
      this.person.update(state);
    }
    this.hud.update({
      me: state.players.get(this.sessionId),
      x: at?.x ?? 0,
      y: at?.y ?? 0,
      map: state.map,
      ping: this.session.ping,
      patches: this.session.patchesPerSecond,
      frames: Math.round(this.framesPerSecond),
      players: this.scene.count('player'),
      monsters: this.scene.count('monster'),
    });
  }

  private resize(): void {
    const ratio = Math.min(3, window.devicePixelRatio || 1);
    const width = Math.max(1, Math.round(window.innerWidth * ratio));
    const height = Math.max(1, Math.round(window.innerHeight * ratio));
    this.canvas.width = width;
    this.canvas.height = height;
    this.camera.resize(width, height, ratio);
  }
}
