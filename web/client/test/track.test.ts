import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SnapshotClock } from '../src/world/snapshot_clock.ts';
import { Track } from '../src/world/track.ts';

test('between two patches a body is between two places', () => {
  const track = new Track(1000, 0, 0);
  track.add(1050, 10, 0, 1000);
  track.advance(1025);
  assert.deepEqual([track.x, track.y, track.velocityX], [5, 0, 200]);
});

test('after a rest it starts with its own speed, not with a glide over the pause', () => {
  const track = new Track(1000, 0, 0);
  track.add(3050, 8, 0, 3000);
  track.advance(2900);
  assert.equal(track.x, 0);
  track.advance(3025);
  assert.equal(track.x, 4);
});

test('without news it stays where it was last seen', () => {
  const track = new Track(1000, 0, 0);
  track.add(1050, 10, 0, 1000);
  track.advance(9000);
  assert.deepEqual([track.x, track.velocityX], [10, 0]);
});

test('a far jump is not glided over', () => {
  const track = new Track(1000, 0, 0);
  track.add(1050, 900, 0, 1000);
  track.advance(1025);
  assert.equal(track.x, 900);
});

test('the clock follows the fastest patches', () => {
  const clock = new SnapshotClock();
  clock.add(1000, 5060);
  clock.add(1050, 5090);
  clock.add(1100, 5200);
  assert.equal(clock.serverNow(5240), 1200);
});
