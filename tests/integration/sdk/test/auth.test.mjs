// client.auth of the unmodified SDKs, and what surrounds it: mails, logging out, accounts made on the command line.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { runThrongd, startThrongd, until } from '../../support/throngd.mjs';
import { keep, leaveAll } from '../lib/play.mjs';
import { http } from '../lib/raw.mjs';
import { kSdks } from '../lib/sdks.mjs';

const kPassword = 'correct horse battery';

/** The smallest passwords, and limits that many tests from one address do not reach. */
const kAccounts = {
  public_url: 'https://game.example',
  passwords: { memory_kib: 64, passes: 1 },
  mails_per_account: { free: 100 },
};

let server;
before(async () => (server = await startThrongd({ files: { 'server/accounts.json': JSON.stringify(kAccounts) } })));
after(() => server.stop());
afterEach(leaveAll);

let people = 0;
const newEmail = () => `player${++people}@example.org`;

/** What an SDK keeps of an earlier client is forgotten. */
async function newClient(sdk) {
  const client = new sdk.Client(server.url);
  await client.auth.signOut();
  return client;
}

const outbox = () => path.join(server.config, 'data/outbox');

/** Texts of all mails to an address, oldest first, once there are `count`. */
async function mailsTo(email, count) {
  let mails = [];
  await until(`${count} mails to ${email}`, async () => {
    const names = (await readdir(outbox()).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
    const texts = await Promise.all(names.map((name) => readFile(path.join(outbox(), name), 'utf8')));
    mails = texts.filter((text) => text.includes(`\r\nTo: ${email}\r\n`));
    return mails.length >= count;
  });
  return mails;
}

const linkIn = (mail) => new URL(/https:\/\/game\.example\S+/.exec(mail)[0]);

/** An SDK's error: the status is its code, the error its message. */
const isRefusal = (status, code) => (error) => {
  assert.equal(error.code, status, String(error.message));
  assert.equal(error.message, code);
  return true;
};

for (const sdk of kSdks) {
  describe(`client.auth of SDK ${sdk.name}`, () => {
    test('plays anonymously, then registers and keeps the account', async () => {
      const client = await newClient(sdk);
      const changes = [];
      client.auth.onChange((change) => changes.push(change));
      const guest = await client.auth.signInAnonymously({ name: 'Wanderer' });
      assert.equal(guest.user.anonymous, true);
      assert.equal(guest.user.name, 'Wanderer');
      assert.equal(client.auth.token, guest.token);
      assert.equal((await client.auth.getUserData()).user.id, guest.user.id);
      const email = newEmail();
      const registered = await client.auth.registerWithEmailAndPassword(email, kPassword);
      assert.equal(registered.user.id, guest.user.id);
      assert.equal(registered.user.anonymous, false);
      assert.equal(registered.user.email, email);
      assert.notEqual(registered.token, guest.token);
      assert.equal((await client.auth.getUserData()).user.email, email);
      assert.ok(changes.some((change) => change.user?.email === email));
    });

    test('signs in again, from another client too', async () => {
      const email = newEmail();
      const client = await newClient(sdk);
      const { user } = await client.auth.registerWithEmailAndPassword(email, kPassword, { name: 'Old Tom' });
      assert.equal(user.name, 'Old Tom');
      await client.auth.signOut();
      await assert.rejects(client.auth.getUserData(), /missing auth.token/);
      const other = await newClient(sdk);
      assert.equal((await other.auth.signInWithEmailAndPassword(email.toUpperCase(), kPassword)).user.id, user.id);
      assert.equal((await other.auth.getUserData()).user.id, user.id);
    });

    test('says what is wrong', async () => {
      const client = await newClient(sdk);
      const email = newEmail();
      const { auth } = client;
      await assert.rejects(auth.registerWithEmailAndPassword('nobody', kPassword), isRefusal(400, 'email_malformed'));
      await assert.rejects(auth.registerWithEmailAndPassword(email, 'short'), isRefusal(400, 'password_too_short'));
      await assert.rejects(auth.registerWithEmailAndPassword(email, 'password1'), isRefusal(400, 'password_too_common'));
      await auth.registerWithEmailAndPassword(email, kPassword);
      await auth.signOut();
      await assert.rejects(
        auth.registerWithEmailAndPassword(email, kPassword),
        isRefusal(401, 'email_already_in_use'),
      );
      await assert.rejects(auth.signInWithEmailAndPassword(email, 'wrong'), isRefusal(401, 'invalid_credentials'));
      await assert.rejects(
        auth.signInWithEmailAndPassword(newEmail(), kPassword),
        isRefusal(401, 'invalid_credentials'),
      );
    });

    test('gets a new password by mail', async () => {
      const client = await newClient(sdk);
      const email = newEmail();
      await client.auth.registerWithEmailAndPassword(email, kPassword);
      assert.equal(await client.auth.sendPasswordResetEmail(email), true);
      assert.equal(await client.auth.sendPasswordResetEmail(newEmail()), true);
      const [confirmation, reset] = await mailsTo(email, 2);
      const link = linkIn(reset);
      assert.equal(link.pathname, '/auth/reset-password');
      const page = await http(server, 'GET', link.pathname + link.search);
      assert.equal(page.status, 200);
      assert.match(page.text, /<form method="post"/);
      const form = new URLSearchParams({ token: link.searchParams.get('token'), password: 'a new one', again: 'a new one' });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      assert.equal((await http(server, 'POST', link.pathname, form.toString(), headers)).status, 200);
      assert.equal((await http(server, 'POST', link.pathname, form.toString(), headers)).status, 401);
      await assert.rejects(client.auth.getUserData(), isRefusal(401, 'invalid_token'));
      await client.auth.signOut();
      await client.auth.signInWithEmailAndPassword(email, 'a new one');
      const confirm = linkIn(confirmation);
      assert.equal((await http(server, 'GET', confirm.pathname + confirm.search)).status, 200);
      assert.equal((await client.auth.getUserData()).user.emailConfirmed, true);
      assert.ok(!server.output.includes(link.searchParams.get('token')), 'the log holds no token');
    });

    test('joins a room with its account', async () => {
      const client = await newClient(sdk);
      await client.auth.registerWithEmailAndPassword(newEmail(), kPassword);
      const room = keep(await client.joinOrCreate('lobby'));
      await until('the room', () => room.connection.isOpen);
    });

    test('is out when the session has ended', async () => {
      const client = await newClient(sdk);
      const email = newEmail();
      const { token } = await client.auth.registerWithEmailAndPassword(email, kPassword);
      const authorization = { authorization: `Bearer ${token}` };
      assert.equal((await http(server, 'POST', '/auth/logout', undefined, authorization)).body, true);
      await assert.rejects(client.auth.getUserData(), isRefusal(401, 'invalid_token'));
      const first = await client.auth.signInWithEmailAndPassword(email, kPassword);
      const second = await client.auth.signInWithEmailAndPassword(email, kPassword);
      const all = await http(server, 'POST', '/auth/logout-all', undefined, { authorization: `Bearer ${second.token}` });
      assert.equal(all.body, true);
      for (const { token: ended } of [first, second]) {
        const answer = await http(server, 'GET', '/auth/userdata', undefined, { authorization: `Bearer ${ended}` });
        assert.equal(answer.status, 401);
      }
    });
  });
}

/** `throngd account …` beside the server. */
const account = (input, ...flags) => runThrongd(server, ['account', ...flags], { input });

const login = (email, password) => http(server, 'POST', '/auth/login', { email, password });

describe('throngd account, beside a running server', () => {
  test('makes the first administrator', async () => {
    const email = newEmail();
    const flags = ['--email', email, '--role', 'administrator', '--name', 'Admin'];
    const made = await account(`${kPassword}\n`, 'create', ...flags);
    assert.equal(made.code, 0, made.output);
    assert.match(made.output, /is administrator/);
    assert.ok(!made.output.includes(kPassword));
    const { body } = await login(email, kPassword);
    assert.deepEqual([body.user.role, body.user.name, body.user.emailConfirmed], ['administrator', 'Admin', true]);
    assert.equal((await account(`${kPassword}\n`, 'create', ...flags)).code, 1);
    assert.equal((await account('password\n', 'create', '--email', newEmail())).code, 1);
    assert.equal((await account('', 'create', '--email', newEmail())).code, 1);
  });

  test('changes, exports and erases', async () => {
    const email = newEmail();
    await account(`${kPassword}\n`, 'create', '--email', email, '--name', 'Ann Other');
    assert.match((await account('', 'list')).output, new RegExp(`player +\\S+ +${email} +Ann Other`));
    assert.match((await account('', 'set-role', email, 'moderator')).output, /is moderator now, was player/);
    assert.equal((await login(email, kPassword)).body.user.role, 'moderator');
    assert.equal((await account('another long one\n', 'reset-password', email)).code, 0);
    assert.equal((await login(email, kPassword)).status, 401);
    assert.equal((await login(email, 'another long one')).status, 200);
    const link = (await account('', 'reset-password', email, '--link')).output;
    assert.match(link, /^https:\/\/game\.example\/auth\/reset-password\?token=[\w-]{43}\n$/);
    const exported = JSON.parse((await account('', 'export', email)).output);
    assert.equal(exported.account.email, email);
    assert.equal((await account('', 'erase', email)).code, 1, 'nobody has said yes');
    assert.equal((await account('', 'erase', email, '--yes')).code, 0);
    assert.equal((await login(email, 'another long one')).status, 401);
    assert.equal((await account('', 'export', email)).code, 1);
  });
});

describe('the routes of accounts', () => {
  test('answer every page of the web', async () => {
    const headers = { origin: 'https://game.example' };
    for (const [method, route] of [['POST', 'login'], ['GET', 'userdata'], ['OPTIONS', 'login'], ['GET', 'nothing']]) {
      const answer = await http(server, method, `/auth/${route}`, undefined, headers);
      assert.equal(answer.headers.get('access-control-allow-origin'), headers.origin);
      assert.equal(answer.headers.get('access-control-allow-credentials'), 'true');
    }
  });

  test('tell a window of another provider that there is none', async () => {
    const answer = await http(server, 'GET', '/auth/provider/discord?token=x');
    assert.equal(answer.status, 501);
    assert.match(answer.text, /provider_not_supported/);
  });
});
