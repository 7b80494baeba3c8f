// The connection to a room, through the unmodified SDK: join, travel, reconnect, ping, and what the page needs to
// know about each of them.

import type { Room } from '@colyseus/sdk';
import { Client } from '@colyseus/sdk';
import type { ChatLine, ErrorNotice, Notice, SeatReservation, WorldEvent, WorldState } from './state.ts';
import { CloseCode } from './state.ts';

export type Connection = 'joining' | 'online' | 'reconnecting' | 'offline';

/** Something that we have reached. */
export interface ProgressNews {
  type: string;
  amount: number;
  id: string;
  word: string;
}

/** Things or coins that came or went. */
export interface LootNews {
  item: string;
  count: number;
  source: string;
}

export interface SessionEvents {
  joined(state: WorldState): void;
  patched(state: WorldState): void;
  chat(message: ChatLine): void;
  /** Somebody of the story says a line to us. */
  talk(npcId: string, line: string): void;
  progress(news: ProgressNews): void;
  loot(news: LootNews): void;
  notice(text: string): void;
  /** All world events that run. */
  worldEvents(running: WorldEvent[]): void;
  connection(state: Connection, detail: string): void;
}

const kPingIntervalMs = 2000;

/** How long we wait for the first state before we call a join failed. */
const kFirstStateMs = 10_000;

export class Session {
  room: Room<any, WorldState> | null = null;
  /** Round trip in milliseconds; -1 while unknown. */
  ping = -1;
  private readonly client: Client;
  private readonly events: SessionEvents;
  private readonly patchTimes: number[] = [];
  private pingTimer = 0;

  constructor(endpoint: string, events: SessionEvents) {
    this.events = events;
    this.client = new Client(endpoint);
    this.pingTimer = window.setInterval(() => this.measurePing(), kPingIntervalMs);
  }

  get state(): WorldState | undefined {
    return this.room?.state;
  }

  /** Patches of the last second. */
  get patchesPerSecond(): number {
    const since = performance.now() - 1000;
    while (this.patchTimes.length > 0 && this.patchTimes[0] < since) this.patchTimes.shift();
    return this.patchTimes.length;
  }

  /** Throws what the SDK throws: an error with `code` 520 to 526, or a network error. */
  async join(room: string, options: Record<string, unknown>): Promise<void> {
    this.events.connection('joining', '');
    await this.enter(await this.client.joinOrCreate<any, WorldState>(room, options));
  }

  send(type: string, payload: unknown): void {
    this.room?.send(type, payload);
  }

  close(): void {
    window.clearInterval(this.pingTimer);
    void this.room?.leave();
  }

  private async enter(room: Room<any, WorldState>): Promise<void> {
    this.room = room;
    this.events.worldEvents([]); // a room where nothing runs does not say so
    room.onMessage('world_events', (running: WorldEvent[]) => this.events.worldEvents(running));
    room.onMessage('chat', (message: ChatLine) => this.events.chat(message));
    room.onMessage('notice', (notice: Notice) => this.events.notice(notice.text));
    room.onMessage('error', (error: ErrorNotice) => this.events.notice(error.message));
    room.onMessage('travel', (seat: SeatReservation) => void this.travel(seat));
    room.onMessage('combat', () => {}); // the numbers over heads come from the state
    room.onMessage('talk', (answer: { npc: string; text: string }) => this.events.talk(answer.npc, answer.text));
    room.onMessage('progress', (news: ProgressNews) => this.events.progress(news));
    room.onMessage('loot', (news: LootNews) => this.events.loot(news));
    for (const quiet of ['party', 'friends', 'leaderboard', 'why']) room.onMessage(quiet, () => {});
    room.onError((code, message) => this.events.notice(message ?? `error ${code}`));
    room.onDrop(() => this.events.connection('reconnecting', 'Connection lost, trying again'));
    room.onReconnect(() => this.events.connection('online', ''));
    room.onLeave((code, reason) => this.left(room, code, reason));
    await this.firstState(room);
    this.events.connection('online', '');
    this.events.joined(room.state);
    this.measurePing();
  }

  private firstState(room: Room<any, WorldState>): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => reject(new Error('the server sent no world')), kFirstStateMs);
      let first = true;
      room.onStateChange((state) => {
        this.patchTimes.push(performance.now());
        if (this.patchTimes.length > 256) this.patchTimes.shift();
        if (!first) return this.room === room ? this.events.patched(state) : undefined;
        first = false;
        window.clearTimeout(timer);
        resolve();
      });
    });
  }

  /** The server hands us a seat in another room: take it, then the old room lets go of us. */
  private async travel(seat: SeatReservation): Promise<void> {
    const old = this.room;
    this.events.connection('joining', 'Travelling');
    const next = await this.client.consumeSeatReservation<any>(seat as never);
    await this.enter(next);
    await old?.leave().catch(() => 0);
  }

  private left(room: Room<any, WorldState>, code: number, reason: string | undefined): void {
    if (this.room !== room) return;
    this.events.connection(
      'offline',
      reason || (code === CloseCode.Shutdown ? 'The server is restarting' : `Disconnected (${code})`),
    );
  }

  private measurePing(): void {
    if (!this.room?.connection?.isOpen) return;
    this.room.ping((milliseconds) => (this.ping = milliseconds));
  }
}
