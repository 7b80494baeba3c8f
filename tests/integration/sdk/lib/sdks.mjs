// The three SDK generations behind one small interface, each used exactly as its users do.

import * as sdk16 from 'colyseus-0.16';
import * as sdk17 from 'sdk-0.17';
import * as sdk18 from 'sdk-0.18';

/** What the SDKs printed. A decoder that met something unexpected says so only there. */
export const printed = [];

for (const level of ['debug', 'info', 'log', 'warn', 'error']) {
  const original = console[level];
  console[level] = (...words) => {
    const text = words.map(String).join(' ');
    printed.push(text);
    if (process.env.SDK_OUTPUT) original(...words);
  };
}

/** Lines in which a state decoder complains. One about field 13 is the price of one handshake for all (0.16, 0.17). */
export function decoderComplaints() {
  return printed.filter((line) => /refId|definition mismatch|not found|decode|unexpected/i.test(line));
}

const callbacks = (module) => (room) => {
  const $ = module.getStateCallbacks(room);
  return {
    onAdd: (map, call) => $(room.state)[map].onAdd(call),
    onRemove: (map, call) => $(room.state)[map].onRemove(call),
    listen: (entity, field, call) => $(entity).listen(field, call),
    onChange: (entity, call) => $(entity).onChange(call),
  };
};

/** The newer way, of 0.17 and 0.18. */
const callbackObject = (module) => (room) => {
  const callback = module.Callbacks.get(room);
  return {
    onAdd: (map, call) => callback.onAdd(map, call),
    onRemove: (map, call) => callback.onRemove(map, call),
    listen: (entity, field, call) => callback.listen(entity, field, call),
    onChange: (entity, call) => callback.onChange(entity, call),
  };
};

/** What a generation cannot do is not tested with it: 0.16 neither pings nor reconnects, only 0.18 makes requests. */
export const kSdks = [
  {
    name: '0.16',
    Client: sdk16.Client,
    watch: callbacks(sdk16),
    watchers: [callbacks(sdk16)],
    reconnects: false,
    pings: false,
    requests: false,
  },
  {
    name: '0.17',
    Client: sdk17.Client,
    watch: callbacks(sdk17),
    watchers: [callbacks(sdk17), callbackObject(sdk17)],
    reconnects: true,
    pings: true,
    requests: false,
  },
  {
    name: '0.18',
    Client: sdk18.Client,
    watch: callbacks(sdk18),
    watchers: [callbacks(sdk18), callbackObject(sdk18)],
    reconnects: true,
    pings: true,
    requests: true,
  },
];
