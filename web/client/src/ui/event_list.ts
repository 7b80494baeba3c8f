// What is on in the world: one small line for each event that runs; its words show on hover.

import type { WorldEvent } from '../net/state.ts';
import { element } from './hud.ts';

export class EventList {
  private readonly root = element('events');

  show(running: WorldEvent[]): void {
    this.root.hidden = running.length === 0;
    this.root.replaceChildren(...running.map((event) => line(event)));
  }
}

function line(event: WorldEvent): HTMLElement {
  const made = document.createElement('li');
  made.textContent = event.name;
  made.title = event.description;
  return made;
}
