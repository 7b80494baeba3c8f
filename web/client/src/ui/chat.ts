// The chat log and its input line. Old lines fade from the bounded log.

import { element } from './hud.ts';

const kLinesMax = 60;

export type ChatLine = 'chat' | 'notice';

export class Chat {
  private readonly log = element('chat-log');
  private readonly form = element('chat-form') as HTMLFormElement;
  private readonly input = element('chat-input') as HTMLInputElement;

  constructor(send: (message: string) => void) {
    if (matchMedia('(pointer: coarse)').matches) this.input.placeholder = 'Tap to talk';
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      const message = this.input.value.trim();
      if (message !== '') send(message);
      this.input.value = '';
      this.input.blur();
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.input.blur();
    });
  }

  open(): void {
    this.input.focus();
  }

  add(kind: ChatLine, name: string, text: string): void {
    const line = document.createElement('li');
    line.className = kind;
    if (name !== '') {
      const who = document.createElement('b');
      who.textContent = name;
      line.append(who, ' ');
    }
    line.append(text);
    this.log.append(line);
    while (this.log.childElementCount > kLinesMax) this.log.firstElementChild?.remove();
    this.log.scrollTop = this.log.scrollHeight;
  }
}
