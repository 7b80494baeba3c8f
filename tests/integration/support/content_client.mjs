// What the tests of reloading ask of a server, and how they change its files.

import { readFile, rename, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';

import { runThrongd } from './throngd.mjs';

/** Longest wait for an answer of the control socket. */
const kAnswerMs = 60_000;

/** One request to the control socket, one answer. */
export function ask(server, request) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path.join(server.config, 'data/throngd.sock'));
    let text = '';
    socket.setTimeout(kAnswerMs, () => socket.destroy(new Error('the server does not answer')));
    socket.once('error', reject);
    socket.once('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (piece) => {
      text += piece;
      if (!text.endsWith('\n')) return;
      socket.end();
      resolve(JSON.parse(text));
    });
  });
}

export const status = (server) => ask(server, { command: 'status' });

/** `throngd config …` beside the server. @return {Promise<{code: number, output: string}>} */
export const config = (server, ...flags) => runThrongd(server, ['config', ...flags], { environment: { USER: 'tester' } });

export const contentFile = (server, name) => path.join(server.config, 'content', name);

/** Replaces the first occurrence of a text or pattern, as an editor does that writes beside the file and renames. */
export async function edit(server, name, from, to) {
  const file = contentFile(server, name);
  const text = await readFile(file, 'utf8');
  if (typeof from === 'string' ? !text.includes(from) : !from.test(text)) throw new Error(`${name} does not say ${from}`);
  await writeFile(`${file}.new`, text.replace(from, to));
  await rename(`${file}.new`, file);
}
