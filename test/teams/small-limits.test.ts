// The limits before a turn exists: how many checks in a second, how much work at a time, and how much is remembered.
import assert from 'node:assert/strict';
import { createCheckRate } from '../../src/teams/check-rate.ts';
import { networkOf } from '../../src/teams/network.ts';
import { createPlaces } from '../../src/teams/places.ts';
import { createRecent } from '../../src/teams/recent.ts';
import { notNow, refusal } from '../../src/teams/refusal.ts';

const OFFICE = '198.51.100.1';
const ELSEWHERE = '203.0.113.7';

describe('Checks of unknown tokens', () => {
  const setUp = (figures = { total: 3, perAddress: 2 }) => {
    const state = { now: 1_000_000 };
    return { state, rate: createCheckRate(figures, () => state.now) };
  };

  it('are made up to the limit of an address and up to the limit of all', () => {
    const { rate } = setUp();
    assert.deepEqual([rate.take(OFFICE), rate.take(OFFICE), rate.take(OFFICE)], [true, true, false]);
    assert.deepEqual([rate.take(ELSEWHERE), rate.take(ELSEWHERE)], [true, false]);
    assert.equal(rate.take(undefined), false);
  });

  it('begin anew with each second, and at once when the clock was set back', () => {
    const { state, rate } = setUp();
    rate.take(OFFICE);
    rate.take(OFFICE);
    rate.take(ELSEWHERE);
    state.now += 999;
    assert.equal(rate.take(ELSEWHERE), false);
    state.now += 1;
    assert.deepEqual([rate.take(OFFICE), rate.take(OFFICE), rate.take(OFFICE)], [true, true, false]);
    state.now += 999;
    assert.equal(rate.take(OFFICE), false, 'the second begins with the first check in it');
    state.now -= 3_600_000;
    assert.equal(rate.take(OFFICE), true);
  });
});

describe('Places for work under way', () => {
  it('are given out up to the limits, and again when they are given back', () => {
    const places = createPlaces({ total: 3, perAddress: 2 });
    const [first, second] = [places.take(OFFICE), places.take(OFFICE)];
    assert.ok(first !== null && second !== null);
    assert.equal(places.take(OFFICE), null);
    const third = places.take(ELSEWHERE);
    assert.ok(third !== null);
    assert.equal(places.take('192.0.2.1'), null, 'all are taken');
    first();
    assert.ok(places.take(OFFICE) !== null);
    assert.equal(places.take(OFFICE), null, 'one was given back, not both');
    second();
    third();
    assert.ok(places.take(ELSEWHERE) !== null && places.take(ELSEWHERE) !== null);
    assert.equal(places.take('192.0.2.1'), null);
  });

  it('of an address are one more for each that it gives back, and no more', () => {
    const places = createPlaces({ total: 10, perAddress: 3 });
    const taken = [places.take(OFFICE), places.take(OFFICE), places.take(OFFICE)];
    taken[0]?.();
    assert.ok(places.take(OFFICE) !== null);
    assert.equal(places.take(OFFICE), null);
    taken[1]?.();
    taken[2]?.();
    assert.ok(places.take(OFFICE) !== null && places.take(OFFICE) !== null);
    assert.equal(places.take(OFFICE), null);
  });

  it('of an address are all free when its work is done', () => {
    const places = createPlaces({ total: 10, perAddress: 2 });
    for (let round = 0; round < 3; round += 1) {
      const taken = [places.take(OFFICE), places.take(OFFICE)];
      assert.equal(places.take(OFFICE), null);
      for (const giveBack of taken) giveBack?.();
    }
  });
});

describe('What is remembered about tokens', () => {
  it('is at most as much as the limit: the oldest is forgotten first', () => {
    const recent = createRecent<number>(2);
    recent.set('a', 1);
    recent.set('b', 2);
    assert.deepEqual([recent.get('a'), recent.get('b')], [1, 2]);
    recent.set('a', 3);
    recent.set('c', 4);
    assert.deepEqual([recent.get('a'), recent.get('b'), recent.get('c')], [3, undefined, 4]);
  });
});

describe('A sender', () => {
  it('behind one connection counts once, and with IPv6 so do all addresses of one customer', () => {
    assert.equal(networkOf('198.51.100.1'), '198.51.100.1');
    assert.equal(networkOf('::ffff:198.51.100.1'), '::ffff:198.51.100.1');
    assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2');
    assert.equal(networkOf('2001:db8::5:6'), '2001:db8:0:0');
    assert.equal(networkOf('2001:db8:1:2:3:4:5::'), '2001:db8:1:2');
    assert.equal(networkOf('::2:3:4:5:6:7'), '0:0:2:3');
    assert.equal(networkOf('1::3:4:5:6:7:8'), '1:0:3:4');
    assert.equal(networkOf('::'), '0:0:0:0');
    assert.equal(networkOf(), '');
  });
});

describe('A refusal', () => {
  it('for now names whole seconds, at least one, and one for good names none', () => {
    assert.deepEqual(notNow('too-many-checks', 0), {
      ...{ kind: 'refused', status: 503, code: 'too-many-checks', retryAfterSeconds: 1 },
    });
    const later = notNow('too-many-checks', 2.1);
    assert.equal(later.status === 503 && later.retryAfterSeconds, 3);
    assert.deepEqual(refusal(401, 'token-time'), { kind: 'refused', status: 401, code: 'token-time' });
  });
});
