// A TCP relay in front of the server: cutting it is what a train in a tunnel does to a player.

import net from 'node:net';

export async function layCable(port) {
  const sockets = new Set();
  let connected = true;
  const relay = net.createServer((near) => {
    if (!connected) return near.destroy();
    const far = net.connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    /** Breaks every connection; new ones fail until `mend`. */
    cut() {
      connected = false;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      connected = true;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => relay.close(resolve));
    },
  };
}
